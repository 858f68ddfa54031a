package io.schedulerworker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvListing.Order;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.KvTexts;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The simplest store that holds to the port: one map, one lock. Broken
 * stores override what they break.
 */
class ReferenceKvStore implements KvStore {
  private static final Duration FOREVER = Duration.ofDays(36_500);

  final Clock clock;
  final NavigableMap<String, Stored> map;
  private boolean closed;

  ReferenceKvStore(Clock clock) {
    this(clock, (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));
  }

  ReferenceKvStore(Clock clock, Comparator<String> order) {
    this.clock = clock;
    this.map = new TreeMap<>(order);
  }

  @Override
  public synchronized Optional<KvEntry> get(String key, Deadline deadline) {
    begin(key, deadline);
    return Optional.ofNullable(live(key)).map(stored -> stored.entry(key));
  }

  @Override
  public synchronized Version put(String key, String value, Ttl ttl, Deadline deadline) {
    begin(key, deadline);
    KvTexts.checkValue(value);
    return write(key, value, ttl);
  }

  @Override
  public synchronized Optional<Version> putIfAbsent(
      String key, String value, Ttl ttl, Deadline deadline) {
    begin(key, deadline);
    KvTexts.checkValue(value);
    return live(key) == null ? Optional.of(write(key, value, ttl)) : Optional.empty();
  }

  @Override
  public synchronized Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    begin(key, deadline);
    KvTexts.checkValue(value);
    return has(key, expected) ? Optional.of(write(key, value, ttl)) : Optional.empty();
  }

  @Override
  public synchronized void delete(String key, Deadline deadline) {
    begin(key, deadline);
    map.remove(key);
  }

  @Override
  public synchronized boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    begin(key, deadline);
    return has(key, expected) && map.remove(key) != null;
  }

  @Override
  public synchronized KvPage list(KvListing listing, Deadline deadline) {
    begin("any", deadline);
    NavigableMap<String, Stored> ordered =
        listing.order() == Order.ASCENDING ? map : map.descendingMap();
    List<KvEntry> found = new ArrayList<>();
    for (Map.Entry<String, Stored> entry : ordered.entrySet()) {
      if (isListed(entry.getKey(), listing) && live(entry.getKey()) != null) {
        found.add(entry.getValue().entry(entry.getKey()));
      }
    }
    return page(found, listing.limit());
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  synchronized Optional<String> rawGet(String key) {
    return Optional.ofNullable(live(key)).map(Stored::value);
  }

  synchronized void rawPut(String key, String value) {
    write(key, value, Ttl.NONE);
  }

  /** What every call checks first. */
  void begin(String key, Deadline deadline) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    KvTexts.checkKey(key);
    if (deadline.isOver()) {
      throw new KvStoreException(Kind.UNAVAILABLE, "the deadline is over", null);
    }
  }

  Version write(String key, String value, Ttl ttl) {
    Duration life =
        ttl.duration().filter(duration -> duration.compareTo(FOREVER) < 0).orElse(FOREVER);
    Stored stored = new Stored(value, versionOf(value), clock.nanoTime() + life.toNanos());
    map.put(key, stored);
    return stored.version();
  }

  Version versionOf(String value) {
    CRC32 crc = new CRC32();
    crc.update(value.getBytes(UTF_8));
    return new Version(Long.toHexString(crc.getValue()) + "-" + value.length());
  }

  boolean isOver(Stored stored) {
    return clock.nanoTime() - stored.endNanos() >= 0;
  }

  boolean isListed(String key, KvListing listing) {
    int direction = listing.order() == Order.ASCENDING ? 1 : -1;
    return key.startsWith(listing.prefix())
        && listing
            .after()
            .filter(after -> map.comparator().compare(key, after) * direction <= 0)
            .isEmpty();
  }

  final Stored live(String key) {
    Stored stored = map.get(key);
    return stored == null || isOver(stored) ? null : stored;
  }

  final boolean has(String key, Version expected) {
    Stored stored = live(key);
    return stored != null && stored.version().equals(expected);
  }

  private static KvPage page(List<KvEntry> found, int limit) {
    if (found.size() <= limit) {
      return new KvPage(found, Optional.empty());
    }
    List<KvEntry> entries = found.subList(0, limit);
    return new KvPage(entries, Optional.of(entries.get(limit - 1).key()));
  }

  /** A value as stored. */
  record Stored(String value, Version version, long endNanos) {
    KvEntry entry(String key) {
      return new KvEntry(key, value, version);
    }
  }
}
