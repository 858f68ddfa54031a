/**
 * One job, from the registry to the settled record.
 */
@NullMarked
package io.schedulerworker.job;

import org.jspecify.annotations.NullMarked;
