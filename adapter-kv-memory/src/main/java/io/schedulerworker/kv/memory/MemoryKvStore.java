package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.KvTexts;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A store in the memory of this process. What it holds is gone when it is closed.
 *
 * <p>Time to live runs on the monotonic time of the clock that was given: a jump of the wall clock expires nothing and
 * prolongs nothing. Writes remove expired values as they come, a few each. The version of a value is a digest of it.
 *
 * <p>Thread-safe and free of locks: no call waits for another. A call fails as {@link Kind#UNAVAILABLE} if its deadline is
 * over or its thread is interrupted before the write; the outcome of a write is never unknown.
 */
public final class MemoryKvStore implements KvStore {
  private final ConcurrentNavigableMap<String, Item> items =
      new ConcurrentSkipListMap<>(CodePointOrder.INSTANCE);
  private final Clock clock;
  private final Sweeper sweeper;
  private volatile boolean closed;

  /**
   * An empty store.
   *
   * @param clock whose monotonic time decides what has expired
   */
  public MemoryKvStore(Clock clock) {
    this.clock = clock;
    this.sweeper = new Sweeper(items, clock);
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    begin(key, deadline);
    Item item = live(key);
    return item == null ? Optional.empty() : Optional.of(item.entry(key));
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    Version version = beginWrite(key, value, deadline);
    items.put(key, new Item(value, version, ttl, clock));
    sweeper.step();
    return version;
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    Version version = beginWrite(key, value, deadline);
    while (live(key) == null) {
      requireTime(key, deadline);
      if (items.putIfAbsent(key, new Item(value, version, ttl, clock)) == null) {
        sweeper.step();
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    Version version = beginWrite(key, value, deadline);
    for (Item old = live(key, expected); old != null; old = live(key, expected)) {
      requireTime(key, deadline);
      if (items.replace(key, old, new Item(value, version, ttl, clock))) {
        sweeper.step();
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  @Override
  public void delete(String key, Deadline deadline) {
    begin(key, deadline);
    items.remove(key);
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    begin(key, deadline);
    for (Item old = live(key, expected); old != null; old = live(key, expected)) {
      requireTime(key, deadline);
      if (items.remove(key, old)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    requireOpen();
    requireTime("a listing", deadline);
    List<KvEntry> entries = new ArrayList<>();
    for (Map.Entry<String, Item> found : ListingStart.of(listing, items).entrySet()) {
      requireTime("a listing", deadline);
      if (!found.getKey().startsWith(listing.prefix())) {
        break;
      }
      if (sweeper.removeIfOver(found.getKey(), found.getValue())) {
        continue;
      }
      if (entries.size() == listing.limit()) {
        return new KvPage(entries, Optional.of(entries.get(entries.size() - 1).key()));
      }
      entries.add(found.getValue().entry(found.getKey()));
    }
    return new KvPage(entries, Optional.empty());
  }

  /** Forgets everything. */
  @Override
  public void close() {
    closed = true;
    items.clear();
  }

  /** For tests that look past the port. */
  ConcurrentNavigableMap<String, Item> items() {
    return items;
  }

  /** Removes what is over: a writer that still saw it alive must not revive it after this call found it gone. */
  private @Nullable Item live(String key) {
    Item item = items.get(key);
    return item == null || sweeper.removeIfOver(key, item) ? null : item;
  }

  private @Nullable Item live(String key, Version expected) {
    Item item = live(key);
    return item != null && item.version().equals(expected) ? item : null;
  }

  private void begin(String key, Deadline deadline) {
    requireOpen();
    KvTexts.checkKey(key);
    requireTime(key, deadline);
  }

  private Version beginWrite(String key, String value, Deadline deadline) {
    begin(key, deadline);
    KvTexts.checkValue(value);
    Version version = ValueVersion.of(value, () -> requireTime(key, deadline));
    requireTime(key, deadline);
    return version;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store in memory is closed");
    }
  }

  private static void requireTime(String what, Deadline deadline) {
    if (Thread.currentThread().isInterrupted()) {
      throw unavailable(what, "the thread is interrupted");
    }
    if (deadline.isOver()) {
      throw unavailable(what, "the deadline is over");
    }
  }

  private static KvStoreException unavailable(String what, String reason) {
    return new KvStoreException(Kind.UNAVAILABLE, "memory: " + what + ": " + reason, null);
  }
}
