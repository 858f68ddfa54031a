package io.schedulerworker.app;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.KvStoreProvider;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Stores in memory at {@code faulty:NAME}, which fail or hang when told to. */
public final class FaultyStores implements KvStoreProvider {
  private static final Map<String, FaultyStore> STORES = new ConcurrentHashMap<>();

  /** The store that was opened at a URI last. */
  static FaultyStore at(String uri) {
    return STORES.get(uri);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("faulty");
  }

  @Override
  public KvStore open(String uri, Clock clock) {
    KvStore memory = ServiceLoader.load(KvStoreProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.schemes().contains("memory"))
        .findFirst()
        .orElseThrow()
        .open("memory:", clock);
    FaultyStore store = new FaultyStore(memory);
    STORES.put(uri, store);
    return store;
  }

  /** A store with a switch. */
  static final class FaultyStore implements KvStore {
    private final KvStore memory;
    private volatile boolean away;
    private volatile CountDownLatch hold = new CountDownLatch(0);

    private FaultyStore(KvStore memory) {
      this.memory = memory;
    }

    /** Fails every call from now on. */
    void goAway() {
      away = true;
    }

    /** Answers no call from now on, whatever its deadline. */
    void hang() {
      hold = new CountDownLatch(1);
    }

    /** Is well again. */
    void comeBack() {
      away = false;
      hold.countDown();
    }

    private KvStore checked() {
      try {
        hold.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (away) {
        throw new KvStoreException(Kind.UNAVAILABLE, "the store is away", null);
      }
      return memory;
    }

    @Override
    public Optional<KvEntry> get(String key, Deadline deadline) {
      return checked().get(key, deadline);
    }

    @Override
    public Version put(String key, String value, Ttl ttl, Deadline deadline) {
      return checked().put(key, value, ttl, deadline);
    }

    @Override
    public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
      return checked().putIfAbsent(key, value, ttl, deadline);
    }

    @Override
    public Optional<Version> replaceIfUnchanged(
        String key, String value, Version expected, Ttl ttl, Deadline deadline) {
      return checked().replaceIfUnchanged(key, value, expected, ttl, deadline);
    }

    @Override
    public void delete(String key, Deadline deadline) {
      checked().delete(key, deadline);
    }

    @Override
    public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
      return checked().deleteIfUnchanged(key, expected, deadline);
    }

    @Override
    public KvPage list(KvListing listing, Deadline deadline) {
      return checked().list(listing, deadline);
    }

    @Override
    public void close() {
      hold.countDown();
      memory.close();
    }
  }
}
