/**
 * The scheduler as a library. {@link io.schedulerworker.SchedulerWorker#builder} is where to begin.
 */
@NullMarked
package io.schedulerworker;

import org.jspecify.annotations.NullMarked;
