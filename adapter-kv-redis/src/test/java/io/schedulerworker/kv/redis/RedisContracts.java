package io.schedulerworker.kv.redis;

import io.schedulerworker.contract.KvStoreClaimContract;
import io.schedulerworker.contract.KvStoreConcurrencyContract;
import io.schedulerworker.contract.KvStoreContract;
import io.schedulerworker.contract.KvStoreDeadlineContract;
import io.schedulerworker.contract.KvStoreExpiryContract;
import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.contract.KvStoreListingContract;
import io.schedulerworker.contract.KvStoreTextContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contracts of the core, for whatever there is of Redis. Those that mostly wait for a value to expire wait at once. */
abstract class RedisContracts {
  abstract KvStoreHarness harness();

  @Nested
  class Basics extends KvStoreContract {
    @Override
    protected KvStoreHarness newHarness() {
      return harness();
    }
  }

  @Nested
  class Texts extends KvStoreTextContract {
    @Override
    protected KvStoreHarness newHarness() {
      return harness();
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Expiry extends KvStoreExpiryContract {
    @Override
    protected KvStoreHarness newHarness() {
      return harness();
    }
  }

  @Nested
  class Listings extends KvStoreListingContract {
    @Override
    protected KvStoreHarness newHarness() {
      return harness();
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
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
