package io.schedulerworker.kv.memory;

import io.schedulerworker.contract.KvStoreClaimContract;
import io.schedulerworker.contract.KvStoreConcurrencyContract;
import io.schedulerworker.contract.KvStoreContract;
import io.schedulerworker.contract.KvStoreDeadlineContract;
import io.schedulerworker.contract.KvStoreExpiryContract;
import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.contract.KvStoreListingContract;
import io.schedulerworker.contract.KvStoreTextContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** {@code file:} under the contracts of the core. */
class FileKvStoreContractTest {
  @TempDir
  Path folder;

  @Nested
  class Basics extends KvStoreContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new FileHarness(folder);
    }
  }

  @Nested
  class Texts extends KvStoreTextContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new FileHarness(folder);
    }
  }

  @Nested
  class Expiry extends KvStoreExpiryContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new FileHarness(folder);
    }
  }

  @Nested
  class Listings extends KvStoreListingContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new FileHarness(folder);
    }
  }

  @Nested
  class Claims extends KvStoreClaimContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new FileHarness(folder);
    }
  }

  @Nested
  class Concurrency extends KvStoreConcurrencyContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new FileHarness(folder);
    }
  }

  @Nested
  class Deadlines extends KvStoreDeadlineContract {
    @Override
    protected KvStoreHarness newHarness() {
      return new FileHarness(folder);
    }
  }
}
