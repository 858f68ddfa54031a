package io.schedulerworker.testkit;

import io.schedulerworker.contract.KvStoreClaimContract;
import io.schedulerworker.contract.KvStoreConcurrencyContract;
import io.schedulerworker.contract.KvStoreContract;
import io.schedulerworker.contract.KvStoreDeadlineContract;
import io.schedulerworker.contract.KvStoreExpiryContract;
import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.contract.KvStoreListingContract;
import io.schedulerworker.contract.KvStoreTextContract;
import io.schedulerworker.port.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * The contracts, bound to whichever store {@link #use} named last. Nested classes, which Surefire does not pick up by
 * itself: {@link ContractRun} runs them.
 */
final class KvStoreSuites {
  static final List<Class<?>> ALL = List.of(
      Basics.class,
      Texts.class,
      Expiry.class,
      Listings.class,
      Claims.class,
      Concurrency.class,
      Deadlines.class);

  private static Function<Clock, ReferenceKvStore> factory = ReferenceKvStore::new;

  private KvStoreSuites() {}

  static void use(Function<Clock, ReferenceKvStore> newFactory) {
    factory = newFactory;
  }

  private static KvStoreHarness open() {
    return new ReferenceHarness(factory);
  }

  static class Basics extends KvStoreContract {
    @Override
    protected KvStoreHarness newHarness() {
      return open();
    }
  }

  static class Texts extends KvStoreTextContract {
    @Override
    protected KvStoreHarness newHarness() {
      return open();
    }
  }

  static class Expiry extends KvStoreExpiryContract {
    @Override
    protected KvStoreHarness newHarness() {
      return open();
    }
  }

  static class Listings extends KvStoreListingContract {
    @Override
    protected KvStoreHarness newHarness() {
      return open();
    }
  }

  static class Claims extends KvStoreClaimContract {
    @Override
    protected KvStoreHarness newHarness() {
      return open();
    }
  }

  static class Concurrency extends KvStoreConcurrencyContract {
    @Override
    protected KvStoreHarness newHarness() {
      return open();
    }
  }

  static class Deadlines extends KvStoreDeadlineContract {
    @Override
    protected KvStoreHarness newHarness() {
      return open();
    }
  }
}
