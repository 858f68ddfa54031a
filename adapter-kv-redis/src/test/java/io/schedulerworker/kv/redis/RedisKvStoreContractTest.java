package io.schedulerworker.kv.redis;

import io.schedulerworker.contract.KvStoreHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** {@code redis:} under the contracts of the core. */
class RedisKvStoreContractTest extends RedisContracts {
  @TempDir
  static Path folder;

  private static RedisServer server;

  @BeforeAll
  static void startServer() {
    server = RedisServer.start(folder);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  KvStoreHarness harness() {
    return RedisHarness.of(server);
  }
}
