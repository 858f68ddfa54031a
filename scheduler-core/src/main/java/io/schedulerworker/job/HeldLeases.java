package io.schedulerworker.job;

import io.schedulerworker.job.Leases.Named;
import io.schedulerworker.job.Leases.Stored;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The leases that this process has, and how it comes by them. Thread-safe. */
final class HeldLeases {
  /** More than a claim is renewed before its job has a record. */
  private static final long CLAIMS_APART = 1_000;

  private final Leases leases;
  private final JobSettings settings;
  private final Clock clock;
  private final Executor executor;
  private final Map<TraceId, HeldLease> held = new ConcurrentHashMap<>();

  /** Counts as ours from before it is written: neither a second thread nor the watch of leases takes it for another's. */
  private final Set<TraceId> claiming = ConcurrentHashMap.newKeySet();

  private final AtomicLong claims = new AtomicLong();
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private volatile boolean closed;

  HeldLeases(Leases leases, JobSettings settings, Clock clock, Executor executor) {
    this.leases = leases;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
  }

  /**
   * Claims a job.
   *
   * @return the lease, or whose it is
   * @throws IllegalStateException once it is closed
   */
  Claim claim(TraceId traceId, Fire fire, Deadline deadline) {
    return claim(
        traceId,
        Lease.claim(settings.owner(), nextSequence(), settings.lease(), settings.delivery(), fire),
        deadline);
  }

  /**
   * Claims a job that is recorded and that nobody is at, to drive it again.
   *
   * @param epoch more than all that left a trace of it
   * @return the lease, or whose it is
   * @throws IllegalStateException once it is closed
   */
  Claim claimAgain(TraceId traceId, Fire fire, int epoch, Deadline deadline) {
    return claim(
        traceId,
        Lease.again(
            settings.owner(), epoch, nextSequence(), settings.lease(), settings.delivery(), fire),
        deadline);
  }

  private long nextSequence() {
    return claims.getAndAdd(CLAIMS_APART) + 1;
  }

  private Claim claim(TraceId traceId, Lease wanted, Deadline deadline) {
    HeldLease ours = held.get(traceId);
    if (ours != null) {
      return new Claim(null, ours.lease());
    }
    if (!claiming.add(traceId)) {
      return new Claim(null, wanted);
    }
    try {
      checkOpen();
      return write(traceId, wanted, deadline);
    } finally {
      claimed(traceId);
    }
  }

  private void claimed(TraceId traceId) {
    claiming.remove(traceId);
    tellIfEmpty();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the scheduler is closed");
    }
  }

  private Claim write(TraceId traceId, Lease wanted, Deadline deadline) {
    while (true) {
      Moment before = Moment.of(clock);
      Optional<Stored> created = leases.create(traceId, wanted, deadline);
      if (created.isPresent()) {
        return Claim.of(hold(traceId, created.get(), before));
      }
      Optional<Stored> found = leases.find(traceId, deadline);
      if (found.isPresent()) {
        return writeAgain(traceId, wanted, found.get(), deadline);
      }
    }
  }

  /** What stands there may be an earlier try of ours whose answer was lost: written anew, it holds from now on. */
  private Claim writeAgain(TraceId traceId, Lease wanted, Stored found, Deadline deadline) {
    Moment before = Moment.of(clock);
    return Optional.of(found)
        .filter(stored -> isEarlierTry(stored.lease(), wanted))
        .flatMap(ours -> leases.write(traceId, ours, wanted, deadline))
        .map(stored -> Claim.of(hold(traceId, stored, before)))
        .orElseGet(() -> new Claim(null, found.lease()));
  }

  private static boolean isEarlierTry(Lease found, Lease wanted) {
    return found.owner().equals(wanted.owner())
        && found.epoch() == wanted.epoch()
        && found.fire().equals(wanted.fire())
        && !found.recorded();
  }

  /** Takes over a lease that has run out or was given up; empty if somebody was faster, or it is closed. */
  Optional<HeldLease> takeOver(Named expired, Deadline deadline) {
    TraceId traceId = expired.traceId();
    if (!claiming.add(traceId)) {
      return Optional.empty();
    }
    try {
      return closed ? Optional.empty() : write(expired, deadline);
    } finally {
      claimed(traceId);
    }
  }

  private Optional<HeldLease> write(Named expired, Deadline deadline) {
    Moment before = Moment.of(clock);
    Lease next = expired.stored().lease().takenOver(settings.owner(), settings.lease());
    return leases
        .write(expired.traceId(), expired.stored(), next, deadline)
        .map(stored -> hold(expired.traceId(), stored, before));
  }

  private HeldLease hold(TraceId traceId, Stored stored, Moment from) {
    HeldLease lease = new HeldLease(traceId, leases, stored, from, clock, executor, this::letGo);
    held.put(traceId, lease);
    lease.keep();
    return lease;
  }

  private void letGo(HeldLease lease) {
    held.remove(lease.traceId(), lease);
    tellIfEmpty();
  }

  boolean has(TraceId traceId) {
    return held.containsKey(traceId) || claiming.contains(traceId);
  }

  /** Comes by no further lease; completes when the last one is let go. May be called again. */
  CompletionStage<Void> close() {
    closed = true;
    tellIfEmpty();
    return empty.minimalCompletionStage();
  }

  /** What is being claimed is held before it is claimed: in this order nothing is overlooked. */
  private void tellIfEmpty() {
    if (closed && claiming.isEmpty() && held.isEmpty()) {
      empty.complete(null);
    }
  }

  /**
   * What became of a claim.
   *
   * @param lease the lease; null if another has the job, or this process is at it already
   * @param found what stands in the store
   */
  record Claim(@Nullable HeldLease lease, Lease found) {
    static Claim of(HeldLease lease) {
      return new Claim(lease, lease.lease());
    }
  }
}
