package io.schedulerworker.contract;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all contracts of a store share: the harness, keys that nobody else has, and short names for the calls. */
abstract class KvStoreTestBase {
  /** Deadlines run in real time, also where the store's expiry runs in simulated time. */
  static final Clock REAL_TIME = new RealTime();

  private final String namespace = "contract:" + UUID.randomUUID() + ":";
  private KvStoreHarness harness;

  /**
   * Opens the store under test.
   *
   * @return a new harness, closed after the test
   * @throws Exception fails the test
   */
  protected abstract KvStoreHarness newHarness() throws Exception;

  @BeforeEach
  final void openHarness() throws Exception {
    harness = newHarness();
  }

  @AfterEach
  final void closeHarness() {
    if (harness != null) {
      harness.close();
    }
  }

  final KvStoreHarness harness() {
    return harness;
  }

  final KvStore store() {
    return harness.store();
  }

  /** A key of this test alone. */
  final String key(String name) {
    return namespace + name;
  }

  /** What {@link #key} was given. */
  final String nameOf(KvEntry entry) {
    return entry.key().substring(namespace.length());
  }

  /** A deadline that no healthy store misses. */
  static Deadline ample() {
    return Deadline.in(Duration.ofSeconds(60), REAL_TIME);
  }

  /** A deadline that is over. */
  static Deadline over() {
    return Deadline.in(Duration.ZERO, REAL_TIME);
  }

  final Optional<KvEntry> get(String key) {
    return store().get(key, ample());
  }

  final Optional<String> value(String key) {
    return get(key).map(KvEntry::value);
  }

  final Version put(String key, String value) {
    return store().put(key, value, Ttl.NONE, ample());
  }

  final Version put(String key, String value, Duration ttl) {
    return store().put(key, value, Ttl.of(ttl), ample());
  }

  final Optional<Version> putIfAbsent(String key, String value) {
    return store().putIfAbsent(key, value, Ttl.NONE, ample());
  }

  final Optional<Version> replace(String key, String value, Version expected) {
    return store().replaceIfUnchanged(key, value, expected, Ttl.NONE, ample());
  }

  final boolean deleteIfUnchanged(String key, Version expected) {
    return store().deleteIfUnchanged(key, expected, ample());
  }

  final KvPage list(KvListing listing) {
    return store().list(listing, ample());
  }

  /** All entries of a listing, page by page. */
  final List<KvEntry> listAll(KvListing first) {
    List<KvEntry> entries = new ArrayList<>();
    KvPage page = list(first);
    entries.addAll(page.entries());
    while (page.next().isPresent()) {
      page = list(first.after(page.next().get()));
      entries.addAll(page.entries());
    }
    return entries;
  }

  /** The names of all entries of a listing, page by page. */
  final List<String> listNames(KvListing first) {
    return listAll(first).stream().map(this::nameOf).toList();
  }

  private static final class RealTime implements Clock {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      throw new UnsupportedOperationException("no store needs timers");
    }
  }
}
