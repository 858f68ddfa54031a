package io.schedulerworker.app;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/** A store whose failures say which setting names it: that is where an operator looks first. */
final class NamedStore implements KvStore {
  private final KvStore store;
  private final Set<String> settings = new ConcurrentSkipListSet<>();

  NamedStore(KvStore store) {
    this.store = store;
  }

  void isNamedBy(String setting) {
    settings.add(setting);
  }

  static KvStoreException named(String setting, KvStoreException e) {
    return new KvStoreException(e.kind(), setting + ": " + e.getMessage(), e);
  }

  private <T> T naming(Supplier<T> call) {
    try {
      return call.get();
    } catch (KvStoreException e) {
      throw named(String.join(", ", settings), e);
    }
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    return naming(() -> store.get(key, deadline));
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    return naming(() -> store.put(key, value, ttl, deadline));
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    return naming(() -> store.putIfAbsent(key, value, ttl, deadline));
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    return naming(() -> store.replaceIfUnchanged(key, value, expected, ttl, deadline));
  }

  @Override
  public void delete(String key, Deadline deadline) {
    naming(() -> {
      store.delete(key, deadline);
      return true;
    });
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    return naming(() -> store.deleteIfUnchanged(key, expected, deadline));
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    return naming(() -> store.list(listing, deadline));
  }

  @Override
  public void close() {
    store.close();
  }
}
