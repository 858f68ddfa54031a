package io.schedulerworker.simulation;

import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvListing.Order;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The store itself: what is done to it is done at once, and remembered. What lies between it and the replicas, {@link
 * ReplicaStore} adds.
 */
final class SimStore {
  private static final long FOREVER = Long.MAX_VALUE;

  private final World world;
  private final NavigableMap<String, Stored> map = new TreeMap<>(SimStore::byCodePoint);
  private final List<Change> history = new ArrayList<>();

  SimStore(World world) {
    this.world = world;
  }

  private record Stored(String value, long end) {}

  /**
   * A change of one value.
   *
   * @param time when it was applied
   * @param number its place among all changes
   * @param by the process; null if it was another program
   * @param wall the time by the clock of that process; null if it was another program
   * @param key whose
   * @param before what was there; null if nothing
   * @param after what is there now; null if nothing
   */
  record Change(
      long time,
      int number,
      Incarnation by,
      Instant wall,
      String key,
      String before,
      String after) {}

  Optional<KvEntry> get(String key) {
    return Optional.ofNullable(live(key)).map(value -> entry(key, value));
  }

  Version put(Incarnation by, String key, String value, Ttl ttl) {
    remember(by, key, value);
    map.put(key, new Stored(value, end(ttl)));
    return version(value);
  }

  Optional<Version> putIfAbsent(Incarnation by, String key, String value, Ttl ttl) {
    return live(key) == null ? Optional.of(put(by, key, value, ttl)) : Optional.empty();
  }

  Optional<Version> replaceIfUnchanged(
      Incarnation by, String key, String value, Version expected, Ttl ttl) {
    return has(key, expected) ? Optional.of(put(by, key, value, ttl)) : Optional.empty();
  }

  void delete(Incarnation by, String key) {
    if (live(key) != null) {
      remember(by, key, null);
    }
    map.remove(key);
  }

  boolean deleteIfUnchanged(Incarnation by, String key, Version expected) {
    boolean deletes = has(key, expected);
    if (deletes) {
      delete(by, key);
    }
    return deletes;
  }

  KvPage list(KvListing listing) {
    List<KvEntry> found = new ArrayList<>();
    for (Map.Entry<String, Stored> each : range(listing).entrySet()) {
      if (!each.getKey().startsWith(listing.prefix())) {
        break;
      }
      if (isLive(each.getValue())) {
        found.add(entry(each.getKey(), each.getValue().value));
      }
      if (found.size() > listing.limit()) {
        List<KvEntry> page = found.subList(0, listing.limit());
        return new KvPage(page, Optional.of(page.get(page.size() - 1).key()));
      }
    }
    return new KvPage(found, Optional.empty());
  }

  /** From where the listing begins, in its order; what has another prefix comes after all that counts. */
  private NavigableMap<String, Stored> range(KvListing listing) {
    String first = listing.prefix();
    String last = first + Character.toString(Character.MAX_CODE_POINT);
    String after = listing.after().orElse("");
    if (listing.order() == Order.ASCENDING) {
      return byCodePoint(after, first) < 0 || after.isEmpty()
          ? map.tailMap(first, true)
          : map.tailMap(after, false);
    }
    return after.isEmpty() || byCodePoint(after, last) > 0
        ? map.headMap(last, true).descendingMap()
        : map.headMap(after, false).descendingMap();
  }

  /** What is there now, for those who look on. */
  NavigableMap<String, String> contents() {
    NavigableMap<String, String> contents = new TreeMap<>();
    map.forEach((key, stored) -> {
      if (isLive(stored)) {
        contents.put(key, stored.value);
      }
    });
    return contents;
  }

  List<Change> history() {
    return history;
  }

  private void remember(Incarnation by, String key, String after) {
    Instant wall = by == null ? null : by.clock.wall();
    history.add(new Change(world.now(), history.size(), by, wall, key, live(key), after));
  }

  private boolean has(String key, Version expected) {
    String value = live(key);
    return value != null && version(value).equals(expected);
  }

  private String live(String key) {
    Stored stored = map.get(key);
    return stored == null || !isLive(stored) ? null : stored.value;
  }

  private boolean isLive(Stored stored) {
    return stored.end > world.now();
  }

  private long end(Ttl ttl) {
    Optional<Duration> life = ttl.duration().filter(span -> span.toDays() < 36_500);
    return life.map(span -> world.now() + span.toNanos()).orElse(FOREVER);
  }

  private static KvEntry entry(String key, String value) {
    return new KvEntry(key, value, version(value));
  }

  /** Follows from the value alone, as the port wants it. */
  static Version version(String value) {
    return new Version(Integer.toHexString(value.hashCode()) + "-" + value.length());
  }

  private static int byCodePoint(String one, String other) {
    int common = Math.min(one.length(), other.length());
    for (int i = 0; i < common; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        // Surrogates stand for characters beyond all others.
        boolean apart = Character.isSurrogate(a) != Character.isSurrogate(b);
        return apart ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b)) : a - b;
      }
    }
    return one.length() - other.length();
  }
}
