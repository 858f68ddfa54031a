/** Stores job records and settings in DynamoDB, behind the core's {@code KvStore} port. */
@NullMarked
package io.schedulerworker.kv.dynamo;

import org.jspecify.annotations.NullMarked;
