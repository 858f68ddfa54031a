package io.schedulerworker.schedule;

import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvWalk;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** The ledgers in JOBS_KV. They change by compare-and-set alone. Thread-safe; blocks. */
public final class LedgerStore {
  private static final int PAGE = 100;

  private final KvStore store;

  /**
   * In a store.
   *
   * @param jobsKv holds them
   */
  public LedgerStore(KvStore jobsKv) {
    this.store = jobsKv;
  }

  /**
   * A ledger as it is.
   *
   * @param id its schedule
   * @param deadline by when to have it
   * @return empty if there is none
   * @throws io.schedulerworker.model.FormatException if what is stored is no ledger
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Optional<Stored> find(ScheduleId id, Deadline deadline) {
    return store
        .get(Ledger.key(id), deadline)
        .map(entry -> new Stored(LedgerJson.read(entry.value()), entry.version()));
  }

  /**
   * Changes a ledger, once.
   *
   * @param id its schedule
   * @param change takes the ledger as it is, and gives the later one or the same; may be asked several times
   * @param deadline by when the call must have ended
   * @return the ledger as it is then; empty if there is none
   * @throws io.schedulerworker.model.FormatException if what is stored is no ledger
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Optional<Ledger> change(ScheduleId id, UnaryOperator<Ledger> change, Deadline deadline) {
    while (true) {
      Optional<Stored> found = find(id, deadline);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Ledger before = found.get().ledger();
      Ledger after = change.apply(before);
      if (after.equals(before) || replace(id, found.get(), after, deadline)) {
        return Optional.of(after);
      }
    }
  }

  /** Stores the first ledger of a schedule; empty if there is one already. */
  Optional<Ledger> create(ScheduleId id, Ledger first, Deadline deadline) {
    return store
        .putIfAbsent(Ledger.key(id), LedgerJson.write(first), Ttl.NONE, deadline)
        .map(version -> first);
  }

  /** Stores a ledger in place of a known one; false if another one is there by now. */
  boolean replace(ScheduleId id, Stored known, Ledger next, Deadline deadline) {
    return store
        .replaceIfUnchanged(
            Ledger.key(id), LedgerJson.write(next), known.version(), Ttl.NONE, deadline)
        .isPresent();
  }

  /**
   * All ledgers, by schedule.
   *
   * @param deadline by when to have them
   * @param broken takes the key and the problem of what is no ledger
   * @return those that can be read
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Map<ScheduleId, Ledger> all(Deadline deadline, BiConsumer<String, String> broken) {
    Map<ScheduleId, Ledger> all = new TreeMap<>(Comparator.comparing(ScheduleId::value));
    KvListing listing = KvListing.ascending(Ledger.KEY_PREFIX, PAGE);
    KvWalk.over(store, listing, deadline).forEach(entry -> read(entry, all, broken));
    return all;
  }

  private static void read(
      KvEntry entry, Map<ScheduleId, Ledger> all, BiConsumer<String, String> broken) {
    try {
      ScheduleId id = new ScheduleId(entry.key().substring(Ledger.KEY_PREFIX.length()));
      all.put(id, LedgerJson.read(entry.value()));
    } catch (IllegalArgumentException | FormatException e) {
      broken.accept(entry.key(), e.getMessage());
    }
  }

  /**
   * A ledger with the version that it has in the store.
   *
   * @param ledger as read
   * @param version as read
   */
  public record Stored(Ledger ledger, Version version) {}
}
