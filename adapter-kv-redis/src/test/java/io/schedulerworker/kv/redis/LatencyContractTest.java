package io.schedulerworker.kv.redis;

import io.schedulerworker.contract.KvStoreClaimContract;
import io.schedulerworker.contract.KvStoreConcurrencyContract;
import io.schedulerworker.contract.KvStoreDeadlineContract;
import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.testing.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Those contracts that are about time and order, on a server that is a few milliseconds away. */
@Tag("slow")
@Isolated
class LatencyContractTest {
  @TempDir
  static Path folder;

  private static RedisServer server;
  private static TcpProxy proxy;

  @BeforeAll
  static void start() throws IOException {
    server = RedisServer.start(folder);
    proxy = new TcpProxy(server.port());
    proxy.delay(Duration.ofMillis(3));
  }

  @AfterAll
  static void stop() {
    proxy.close();
    server.close();
  }

  private static KvStoreHarness harness() {
    return RedisHarness.behind(proxy, server);
  }

  @Nested
  class Claims extends KvStoreClaimContract {
    @Override
    protected KvStoreHarness newHarness() {
      return harness();
    }
  }

  @Nested
  class Concurrency extends KvStoreConcurrencyContract {
    @Override
    protected KvStoreHarness newHarness() {
      return harness();
    }
  }

  @Nested
  class Deadlines extends KvStoreDeadlineContract {
    @Override
    protected KvStoreHarness newHarness() {
      return harness();
    }
  }
}
