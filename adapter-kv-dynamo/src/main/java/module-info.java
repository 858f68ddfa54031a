/** The {@code KvStore} port on DynamoDB. Holds no type yet: the adapter is still to be written. */
module io.schedulerworker.kv.dynamo {
  requires static org.jspecify;
}
