package io.schedulerworker.app;

import io.schedulerworker.kv.dynamo.DynamoServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Processes that die over a store in DynamoDB. */
class DynamoClusterIT extends ClusterRounds {
  private static final String TABLE = "cluster";

  private static DynamoServer server;

  @BeforeAll
  static void start() throws Exception {
    server = DynamoServer.start();
    storesIn("any").in(AppProcess.quick()).run("stores", "create").assertExit(0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestStores storesIn(String name) {
    return new TestStores(
        server.uri(TABLE, name + "-config"),
        server.uri(TABLE, name + "-jobs"),
        Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
  }

  @Override
  TestStores stores(String name) {
    return storesIn(name);
  }
}
