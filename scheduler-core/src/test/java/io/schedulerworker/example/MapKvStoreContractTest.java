package io.schedulerworker.example;

import io.schedulerworker.contract.KvStoreClaimContract;
import io.schedulerworker.contract.KvStoreConcurrencyContract;
import io.schedulerworker.contract.KvStoreContract;
import io.schedulerworker.contract.KvStoreDeadlineContract;
import io.schedulerworker.contract.KvStoreExpiryContract;
import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.contract.KvStoreListingContract;
import io.schedulerworker.contract.KvStoreTextContract;
import org.junit.jupiter.api.Nested;

/** The example under the contracts. */
class MapKvStoreContractTest {
  @Nested
  class Basics extends KvStoreContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new MapHarness();
    }
  }

  @Nested
  class Texts extends KvStoreTextContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new MapHarness();
    }
  }

  @Nested
  class Expiry extends KvStoreExpiryContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new MapHarness();
    }
  }

  @Nested
  class Listings extends KvStoreListingContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new MapHarness();
    }
  }

  @Nested
  class Claims extends KvStoreClaimContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new MapHarness();
    }
  }

  @Nested
  class Concurrency extends KvStoreConcurrencyContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new MapHarness();
    }
  }

  @Nested
  class Deadlines extends KvStoreDeadlineContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new MapHarness();
    }
  }
}
