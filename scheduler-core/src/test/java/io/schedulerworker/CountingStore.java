package io.schedulerworker;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what is read of another store, and by which calls; writes nothing. */
final class CountingStore implements KvStore {
  final List<String> calls = new ArrayList<>();

  /** The keys of the values that were handed out. */
  final List<String> read = new ArrayList<>();

  private final KvStore store;

  CountingStore(KvStore store) {
    this.store = store;
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    calls.add("get " + key);
    Optional<KvEntry> found = store.get(key, deadline);
    found.ifPresent(entry -> read.add(entry.key()));
    return found;
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    calls.add("list " + listing.prefix());
    KvPage page = store.list(listing, deadline);
    page.entries().forEach(entry -> read.add(entry.key()));
    return page;
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    throw new AssertionError("readers write nothing");
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    throw new AssertionError("readers write nothing");
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    throw new AssertionError("readers write nothing");
  }

  @Override
  public void delete(String key, Deadline deadline) {
    throw new AssertionError("readers write nothing");
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    throw new AssertionError("readers write nothing");
  }

  @Override
  public void close() {}
}
