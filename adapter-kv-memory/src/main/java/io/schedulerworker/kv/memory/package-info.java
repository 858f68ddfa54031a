/** A store in the memory of this process: for tests, trials and schedulers that may forget. */
@NullMarked
package io.schedulerworker.kv.memory;

import org.jspecify.annotations.NullMarked;
