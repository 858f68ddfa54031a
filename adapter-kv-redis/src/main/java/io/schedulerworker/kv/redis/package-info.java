/** Stores job records and settings in Redis, behind the core's {@code KvStore} port. */
@NullMarked
package io.schedulerworker.kv.redis;

import org.jspecify.annotations.NullMarked;
