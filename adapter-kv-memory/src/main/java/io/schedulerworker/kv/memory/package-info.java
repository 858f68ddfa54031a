/**
 * Stores that need no server: in the memory of this process, for tests, trials and schedulers that may forget, and in a
 * file, for those that may not.
 */
@NullMarked
package io.schedulerworker.kv.memory;

import org.jspecify.annotations.NullMarked;
