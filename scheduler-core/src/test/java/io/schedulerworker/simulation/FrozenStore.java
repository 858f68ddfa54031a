package io.schedulerworker.simulation;

import io.schedulerworker.JobStore;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import io.schedulerworker.simulation.SimStore.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The store as it was at some moment, for readers. */
final class FrozenStore implements KvStore {
  private final TreeMap<String, String> contents = new TreeMap<>();

  /** Time does not pass. */
  record Standing(Instant now) implements Clock {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      throw new UnsupportedOperationException("readers set no timers");
    }
  }

  static FrozenStore of(Map<String, String> contents) {
    FrozenStore store = new FrozenStore();
    store.contents.putAll(contents);
    return store;
  }

  JobStore reader() {
    return new JobStore(this, new Standing(World.START), Duration.ofSeconds(10));
  }

  void apply(Change change) {
    if (change.after() == null) {
      contents.remove(change.key());
    } else {
      contents.put(change.key(), change.after());
    }
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    return Optional.ofNullable(contents.get(key)).map(value -> entry(key, value));
  }

  /** In one page. */
  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    boolean up = listing.order() == KvListing.Order.ASCENDING;
    NavigableMap<String, String> ordered = up ? contents : contents.descendingMap();
    NavigableMap<String, String> rest =
        listing.after().map(after -> ordered.tailMap(after, false)).orElse(ordered);
    List<KvEntry> found = rest.entrySet().stream()
        .filter(each -> each.getKey().startsWith(listing.prefix()))
        .map(each -> entry(each.getKey(), each.getValue()))
        .toList();
    return new KvPage(found, Optional.empty());
  }

  private static KvEntry entry(String key, String value) {
    return new KvEntry(key, value, SimStore.version(value));
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    throw readOnly();
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    throw readOnly();
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    throw readOnly();
  }

  @Override
  public void delete(String key, Deadline deadline) {
    throw readOnly();
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("what was cannot be changed");
  }

  @Override
  public void close() {}
}
