/**
 * When to fire.
 */
@NullMarked
package io.schedulerworker.schedule;

import org.jspecify.annotations.NullMarked;
