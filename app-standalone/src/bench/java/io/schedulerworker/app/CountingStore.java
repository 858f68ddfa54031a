package io.schedulerworker.app;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is written: keys and values, all of it ASCII here. */
final class CountingStore implements KvStore {
  private final KvStore store;
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong writes = new AtomicLong();

  CountingStore(KvStore store) {
    this.store = store;
  }

  private void count(String key, String value) {
    bytes.addAndGet(key.length() + (long) value.length());
    writes.incrementAndGet();
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    return store.get(key, deadline);
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    count(key, value);
    return store.put(key, value, ttl, deadline);
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    count(key, value);
    return store.putIfAbsent(key, value, ttl, deadline);
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    count(key, value);
    return store.replaceIfUnchanged(key, value, expected, ttl, deadline);
  }

  @Override
  public void delete(String key, Deadline deadline) {
    store.delete(key, deadline);
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    return store.deleteIfUnchanged(key, expected, deadline);
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    return store.list(listing, deadline);
  }

  @Override
  public void close() {
    store.close();
  }
}
