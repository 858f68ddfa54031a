/** The {@code KvStore} port on DynamoDB, behind {@code dynamodb:}. */
@SuppressWarnings("requires-automatic") // the client has names in its manifests, and no descriptors
module io.schedulerworker.kv.dynamo {
  requires transitive io.schedulerworker.core;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.apache5;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.retries.api;
  requires software.amazon.awssdk.services.dynamodb;
  requires static org.jspecify;

  exports io.schedulerworker.kv.dynamo;

  provides io.schedulerworker.port.KvStoreProvider with
      io.schedulerworker.kv.dynamo.DynamoKvStoreProvider;
}
