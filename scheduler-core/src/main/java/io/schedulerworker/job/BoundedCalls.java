package io.schedulerworker.job;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.util.Optional;

/**
 * A store each of whose calls is bounded by itself: where several calls share a late deadline, one that hangs is given up
 * in time to be tried again, and a store that is merely slow is waited for. Thread-safe as the store is.
 */
public final class BoundedCalls implements KvStore {
  private final KvStore store;
  private final Clock clock;
  private final Duration most;

  /**
   * Calls of a store, which stays the caller's.
   *
   * @param store what is called
   * @param clock for deadlines
   * @param most how long a call may take
   */
  public BoundedCalls(KvStore store, Clock clock, Duration most) {
    this.store = store;
    this.clock = clock;
    this.most = most;
  }

  private Deadline bounded(Deadline deadline) {
    return deadline.remaining().compareTo(most) < 0 ? deadline : Deadline.in(most, clock);
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    return store.get(key, bounded(deadline));
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    return store.put(key, value, ttl, bounded(deadline));
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    return store.putIfAbsent(key, value, ttl, bounded(deadline));
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    return store.replaceIfUnchanged(key, value, expected, ttl, bounded(deadline));
  }

  @Override
  public void delete(String key, Deadline deadline) {
    store.delete(key, bounded(deadline));
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    return store.deleteIfUnchanged(key, expected, bounded(deadline));
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    return store.list(listing, bounded(deadline));
  }

  /** Closes nothing: the store is its owner's to close. */
  @Override
  public void close() {}
}
