package io.schedulerworker.job;

import io.schedulerworker.job.HeldLease.Moment;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The leases that this process has, and how it comes by them. Thread-safe. */
final class HeldLeases {
  private final Leases leases;
  private final JobSettings settings;
  private final Clock clock;
  private final Executor executor;
  private final Map<TraceId, HeldLease> held = new ConcurrentHashMap<>();
  private final Set<TraceId> claiming = ConcurrentHashMap.newKeySet();

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
   */
  Claim claim(TraceId traceId, Fire fire, Deadline deadline) {
    HeldLease ours = held.get(traceId);
    if (ours != null) {
      return new Claim(null, ours.lease());
    }
    Lease wanted = Lease.claim(settings.owner(), settings.lease(), settings.delivery(), fire);
    // From here on it counts as ours: neither a second thread nor the watch of leases takes it for
    // another's.
    if (!claiming.add(traceId)) {
      return new Claim(null, wanted);
    }
    try {
      return claim(traceId, wanted, deadline);
    } finally {
      claiming.remove(traceId);
    }
  }

  private Claim claim(TraceId traceId, Lease wanted, Deadline deadline) {
    while (true) {
      Moment before = Moment.of(clock);
      Optional<Stored> created = leases.create(traceId, wanted, deadline);
      if (created.isPresent()) {
        return Claim.of(hold(traceId, created.get(), before));
      }
      Optional<Stored> found = leases.find(traceId, deadline);
      if (found.isPresent()) {
        return claim(traceId, wanted, found.get(), deadline);
      }
    }
  }

  /** What stands there may be an earlier try of ours whose answer was lost: renewed, it holds from now on. */
  private Claim claim(TraceId traceId, Lease wanted, Stored found, Deadline deadline) {
    Moment before = Moment.of(clock);
    return Optional.of(found)
        .filter(stored -> stored.lease().equals(wanted))
        .flatMap(ours -> leases.renew(traceId, ours, false, deadline))
        .map(stored -> Claim.of(hold(traceId, stored, before)))
        .orElseGet(() -> new Claim(null, found.lease()));
  }

  /** Takes over a lease that has run out or was given up; empty if somebody was faster. */
  Optional<HeldLease> takeOver(Named expired, Deadline deadline) {
    Moment before = Moment.of(clock);
    Lease next = expired.stored().lease().takenOver(settings.owner(), settings.lease());
    return leases
        .write(expired.traceId(), expired.stored(), next, deadline)
        .map(stored -> hold(expired.traceId(), stored, before));
  }

  private HeldLease hold(TraceId traceId, Stored stored, Moment from) {
    HeldLease lease = new HeldLease(
        traceId, leases, stored, from, clock, executor, over -> held.remove(traceId, over));
    held.put(traceId, lease);
    lease.keep();
    return lease;
  }

  boolean has(TraceId traceId) {
    return held.containsKey(traceId) || claiming.contains(traceId);
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
