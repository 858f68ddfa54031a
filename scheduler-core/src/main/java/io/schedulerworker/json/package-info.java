/**
 * The only place that knows JSON: texts of the contract to and from the model.
 */
@NullMarked
package io.schedulerworker.json;

import org.jspecify.annotations.NullMarked;
