package io.schedulerworker.job;

import io.schedulerworker.model.Lease;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;

/**
 * Notes in JOBS_KV that a job is driven again, written before its record says so: whoever takes reports by what it read of
 * the job a moment ago sees that it has to read anew.
 */
final class RedriveMarks {
  private static final String KEY_PREFIX = "redriven:";

  /** Longer than anybody goes by what was read before. */
  static final Duration LIFE = Duration.ofHours(1);

  private final KvStore store;

  RedriveMarks(KvStore store) {
    this.store = store;
  }

  /** Notes under which epoch a job is driven again, in a way that no other claim of the job notes it. */
  Version put(HeldLease lease, Deadline deadline) {
    Lease claim = lease.lease();
    String mark = claim.epoch() + " " + claim.owner() + ":" + claim.sequence();
    return store.put(KEY_PREFIX + lease.traceId(), mark, Ttl.of(LIFE), deadline);
  }

  /** Removes a mark of a drive that was not begun after all. */
  void remove(TraceId traceId, Version mark, Deadline deadline) {
    store.deleteIfUnchanged(KEY_PREFIX + traceId, mark, deadline);
  }

  /** Whether it was driven again after an epoch, of late; also if what is noted makes no sense. */
  boolean isAfter(TraceId traceId, int epoch, Deadline deadline) {
    return store
        .get(KEY_PREFIX + traceId, deadline)
        .map(entry -> isAfter(entry.value(), epoch))
        .orElse(false);
  }

  private static boolean isAfter(String noted, int epoch) {
    try {
      return Integer.parseInt(noted.split(" ", 2)[0]) > epoch;
    } catch (NumberFormatException e) {
      return true;
    }
  }
}
