package io.schedulerworker.job;

import io.schedulerworker.json.LeaseJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvWalk;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The leases in JOBS_KV. Every one has an owner and a sequence that no other write has, so that after a write whose
 * answer was lost a read tells whose it is.
 */
final class Leases {
  private static final Logger LOG = System.getLogger(Leases.class.getName());
  private static final int PAGE = 200;

  private final KvStore store;

  /** Long enough for a lease to be found after everybody was away for long. */
  private final Ttl life;

  Leases(KvStore store, Ttl life) {
    this.store = store;
    this.life = life;
  }

  /** Writes the first lease of a job; empty if there is one already. */
  Optional<Stored> create(TraceId traceId, Lease wanted, Deadline deadline) {
    return store
        .putIfAbsent(Lease.key(traceId), LeaseJson.write(wanted), life, deadline)
        .map(version -> new Stored(wanted, version));
  }

  /**
   * Writes the next lease in sequence for its owner.
   *
   * @return empty if the lease is another's by now, or gone
   */
  Optional<Stored> renew(TraceId traceId, Stored known, boolean recorded, Deadline deadline) {
    return write(traceId, known, known.lease().renewed(recorded), deadline).or(() -> {
      // An earlier write of ours may have happened although its answer was lost.
      Optional<Stored> found = findOurs(traceId, known, deadline);
      return found.flatMap(ours -> write(traceId, ours, ours.lease().renewed(recorded), deadline));
    });
  }

  /** Writes a lease in place of a known one; empty if another one is there by now. */
  Optional<Stored> write(TraceId traceId, Stored known, Lease next, Deadline deadline) {
    return store
        .replaceIfUnchanged(
            Lease.key(traceId), LeaseJson.write(next), known.version(), life, deadline)
        .map(version -> new Stored(next, version));
  }

  /** Gives a lease up for somebody else to take; false if it is another's by now, or gone. */
  boolean giveUp(TraceId traceId, Stored known, Deadline deadline) {
    return write(traceId, known, known.lease().givenUp(), deadline)
        .or(() -> findOurs(traceId, known, deadline)
            .flatMap(ours -> write(traceId, ours, ours.lease().givenUp(), deadline)))
        .isPresent();
  }

  /**
   * Notes in a job's lease, whoever has it, that nobody is to be called any more.
   *
   * @param by who asked for it
   * @return false if there is no lease: nobody is at the job
   */
  boolean cancel(TraceId traceId, String by, Deadline deadline) {
    Optional<Stored> found = find(traceId, deadline);
    while (found.isPresent()) {
      Stored stored = found.get();
      if (stored.lease().cancelledBy() != null
          || write(traceId, stored, stored.lease().cancelled(by), deadline).isPresent()) {
        return true;
      }
      found = find(traceId, deadline);
    }
    return false;
  }

  /** Puts a lease that anybody may take where there is none, in the epoch after that of the one that was there. */
  void leave(TraceId traceId, Lease last, Deadline deadline) {
    Lease given = last.takenOver(last.owner(), last.duration()).renewed(true).givenUp();
    store.putIfAbsent(Lease.key(traceId), LeaseJson.write(given), life, deadline);
  }

  Optional<Stored> find(TraceId traceId, Deadline deadline) {
    return store.get(Lease.key(traceId), deadline).map(Leases::stored);
  }

  /** What stands there, if it is of the same owner and epoch; what is no lease is nobody's. */
  Optional<Stored> findOurs(TraceId traceId, Stored known, Deadline deadline) {
    try {
      return find(traceId, deadline).filter(found -> found.isOfSameEpochAs(known));
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  boolean exists(TraceId traceId, Deadline deadline) {
    return store.get(Lease.key(traceId), deadline).isPresent();
  }

  /** Ends a lease that nobody has taken over. */
  void delete(TraceId traceId, Stored known, Deadline deadline) {
    if (!store.deleteIfUnchanged(Lease.key(traceId), known.version(), deadline)) {
      findOurs(traceId, known, deadline)
          .ifPresent(ours -> store.deleteIfUnchanged(Lease.key(traceId), ours.version(), deadline));
    }
  }

  /** All that can be read. */
  List<Named> all(Deadline deadline) {
    List<Named> all = new ArrayList<>();
    KvListing listing = KvListing.ascending(Lease.KEY_PREFIX, PAGE);
    KvWalk.over(store, listing, deadline).forEach(entry -> named(entry).ifPresent(all::add));
    return all;
  }

  private static Optional<Named> named(KvEntry entry) {
    try {
      return Optional.of(new Named(Lease.traceId(entry.key()), stored(entry)));
    } catch (IllegalArgumentException | FormatException e) {
      LOG.log(
          Level.WARNING,
          "what is stored under {0} is no lease and is left alone: {1}",
          entry.key(),
          e.getMessage());
      return Optional.empty();
    }
  }

  private static Stored stored(KvEntry entry) {
    return new Stored(LeaseJson.read(entry.value()), entry.version());
  }

  /** A lease with the version that it has in the store. */
  record Stored(Lease lease, Version version) {
    /** Whether this is a write of the same owner's, in the same epoch, that is not older. */
    boolean isOfSameEpochAs(Stored other) {
      return lease.owner().equals(other.lease.owner())
          && lease.epoch() == other.lease.epoch()
          && lease.sequence() >= other.lease.sequence();
    }
  }

  /** A lease with the job it is for. */
  record Named(TraceId traceId, Stored stored) {}
}
