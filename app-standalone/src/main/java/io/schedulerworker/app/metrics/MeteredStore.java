package io.schedulerworker.app.metrics;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A store whose calls are timed. Closing it closes the store. */
final class MeteredStore implements KvStore {
  private static final String DONE = "done";

  /** The condition of a write did not hold: a lost race, not a failure. */
  private static final String NOT_MET = "not_met";

  private final String name;
  private final KvStore store;
  private final Clock clock;
  private final Late<Meters> meters;

  MeteredStore(String name, KvStore store, Clock clock, Late<Meters> meters) {
    this.name = name;
    this.store = store;
    this.clock = clock;
    this.meters = meters;
  }

  private <T> T timed(String operation, Predicate<T> met, Supplier<T> call) {
    long began = clock.nanoTime();
    String outcome = "broken";
    try {
      T result = call.get();
      outcome = met.test(result) ? DONE : NOT_MET;
      return result;
    } catch (KvStoreException e) {
      outcome = e.kind().name().toLowerCase(Locale.ROOT);
      throw e;
    } finally {
      tell(operation, outcome, Duration.ofNanos(clock.nanoTime() - began));
    }
  }

  private void tell(String operation, String outcome, Duration took) {
    meters.with(each -> each.stores().ended(name, operation, outcome, took));
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    return timed("get", any -> true, () -> store.get(key, deadline));
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    return timed("put", any -> true, () -> store.put(key, value, ttl, deadline));
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    return timed(
        "put_if_absent", Optional::isPresent, () -> store.putIfAbsent(key, value, ttl, deadline));
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    return timed(
        "replace_if_unchanged",
        Optional::isPresent,
        () -> store.replaceIfUnchanged(key, value, expected, ttl, deadline));
  }

  @Override
  public void delete(String key, Deadline deadline) {
    timed("delete", any -> true, () -> {
      store.delete(key, deadline);
      return true;
    });
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    return timed(
        "delete_if_unchanged",
        deleted -> deleted,
        () -> store.deleteIfUnchanged(key, expected, deadline));
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    return timed("list", any -> true, () -> store.list(listing, deadline));
  }

  @Override
  public void close() {
    store.close();
  }
}
