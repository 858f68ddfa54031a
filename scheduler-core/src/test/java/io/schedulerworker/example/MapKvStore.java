package io.schedulerworker.example;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The example of docs/writing-an-adapter.md: a sorted map stands for the server. */
public final class MapKvStore implements KvStore {
  private record Item(String value, Version version, Instant end) {}

  private final NavigableMap<String, Item> server =
      new TreeMap<>((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));
  private final Clock clock;
  private boolean closed;

  MapKvStore(Clock clock) {
    this.clock = clock;
  }

  /** What lives under a key; every call comes here first. */
  private Optional<Item> find(String key, Deadline deadline) {
    check(deadline);
    return Optional.ofNullable(server.get(KvTexts.checkKey(key))).filter(this::isAlive);
  }

  private boolean isAlive(Item item) {
    return item.end().isAfter(clock.now());
  }

  private void check(Deadline deadline) {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    if (deadline.isOver()) {
      throw new KvStoreException(Kind.UNAVAILABLE, "map: the deadline is over", null);
    }
  }

  private Version write(String key, String value, Ttl ttl) {
    Version version = new Version(UUID.randomUUID().toString());
    Instant end = ttl.duration().map(life -> clock.now().plus(life)).orElse(Instant.MAX);
    server.put(key, new Item(KvTexts.checkValue(value), version, end));
    return version;
  }

  @Override
  public synchronized Optional<KvEntry> get(String key, Deadline deadline) {
    return find(key, deadline).map(item -> new KvEntry(key, item.value(), item.version()));
  }

  @Override
  public synchronized Version put(String key, String value, Ttl ttl, Deadline deadline) {
    check(deadline);
    return write(KvTexts.checkKey(key), value, ttl);
  }

  @Override
  public synchronized Optional<Version> putIfAbsent(
      String key, String value, Ttl ttl, Deadline deadline) {
    KvTexts.checkValue(value);
    return find(key, deadline).isPresent() ? Optional.empty() : Optional.of(write(key, value, ttl));
  }

  @Override
  public synchronized Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    KvTexts.checkValue(value);
    return find(key, deadline)
        .filter(item -> item.version().equals(expected))
        .map(item -> write(key, value, ttl));
  }

  @Override
  public synchronized void delete(String key, Deadline deadline) {
    find(key, deadline).ifPresent(item -> server.remove(key));
  }

  @Override
  public synchronized boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    Optional<Item> item = find(key, deadline).filter(found -> found.version().equals(expected));
    item.ifPresent(found -> server.remove(key));
    return item.isPresent();
  }

  @Override
  public synchronized KvPage list(KvListing listing, Deadline deadline) {
    check(deadline);
    NavigableMap<String, Item> keys =
        listing.order() == Order.ASCENDING ? server : server.descendingMap();
    if (listing.after().isPresent()) {
      keys = keys.tailMap(listing.after().get(), false);
    }
    List<KvEntry> found = new ArrayList<>();
    for (String key : keys.keySet()) {
      Item item = keys.get(key);
      if (key.startsWith(listing.prefix()) && isAlive(item)) {
        if (found.size() == listing.limit()) {
          return new KvPage(found, Optional.of(found.get(found.size() - 1).key()));
        }
        found.add(new KvEntry(key, item.value(), item.version()));
      }
    }
    return new KvPage(found, Optional.empty());
  }

  /** A foreign program's read, for the contracts. */
  synchronized Optional<String> rawGet(String key) {
    return Optional.ofNullable(server.get(key)).map(Item::value);
  }

  /** A foreign program's write, for the contracts. */
  synchronized void rawPut(String key, String value) {
    write(key, value, Ttl.NONE);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
