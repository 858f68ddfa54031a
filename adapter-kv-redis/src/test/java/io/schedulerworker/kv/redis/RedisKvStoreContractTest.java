package io.schedulerworker.kv.redis;

import io.schedulerworker.contract.KvStoreClaimContract;
import io.schedulerworker.contract.KvStoreConcurrencyContract;
import io.schedulerworker.contract.KvStoreContract;
import io.schedulerworker.contract.KvStoreDeadlineContract;
import io.schedulerworker.contract.KvStoreExpiryContract;
import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.contract.KvStoreListingContract;
import io.schedulerworker.contract.KvStoreTextContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** {@code redis:} under the contracts of the core. */
class RedisKvStoreContractTest {
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

  @Nested
  class Basics extends KvStoreContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new RedisHarness(server);
    }
  }

  @Nested
  class Texts extends KvStoreTextContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new RedisHarness(server);
    }
  }

  @Nested
  class Expiry extends KvStoreExpiryContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new RedisHarness(server);
    }
  }

  @Nested
  class Listings extends KvStoreListingContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new RedisHarness(server);
    }
  }

  @Nested
  class Claims extends KvStoreClaimContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new RedisHarness(server);
    }
  }

  @Nested
  class Concurrency extends KvStoreConcurrencyContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new RedisHarness(server);
    }
  }

  @Nested
  class Deadlines extends KvStoreDeadlineContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new RedisHarness(server);
    }
  }
}
