package io.schedulerworker.kv.dynamo;

import io.schedulerworker.contract.KvStoreClaimContract;
import io.schedulerworker.contract.KvStoreConcurrencyContract;
import io.schedulerworker.contract.KvStoreContract;
import io.schedulerworker.contract.KvStoreDeadlineContract;
import io.schedulerworker.contract.KvStoreExpiryContract;
import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.contract.KvStoreListingContract;
import io.schedulerworker.contract.KvStoreTextContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** {@code dynamodb:} under the contracts of the core. */
class DynamoKvStoreContractTest {
  private static DynamoServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = DynamoServer.start();
    DynamoHarness.makeTable(server);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Nested
  class Basics extends KvStoreContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new DynamoHarness(server);
    }
  }

  @Nested
  class Texts extends KvStoreTextContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new DynamoHarness(server);
    }
  }

  @Nested
  class Expiry extends KvStoreExpiryContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new DynamoHarness(server);
    }
  }

  @Nested
  class Listings extends KvStoreListingContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new DynamoHarness(server);
    }
  }

  @Nested
  class Claims extends KvStoreClaimContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new DynamoHarness(server);
    }
  }

  @Nested
  class Concurrency extends KvStoreConcurrencyContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new DynamoHarness(server);
    }
  }

  @Nested
  class Deadlines extends KvStoreDeadlineContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new DynamoHarness(server);
    }
  }
}
