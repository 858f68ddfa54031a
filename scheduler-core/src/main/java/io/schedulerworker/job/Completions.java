package io.schedulerworker.job;

import io.schedulerworker.job.KnownJobs.KnownRun;
import io.schedulerworker.model.Completion;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Ttl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes what workflows report of their ends. A completion is a step of its own under a key of its own, so that any number
 * may come at once, at any process, without a conflict; the first for a KPI is the only one. Thread-safe.
 */
public final class Completions {
  private final KnownJobs jobs;
  private final Steps steps;

  /**
   * On a store.
   *
   * @param store JOBS_KV
   * @param life how long a completion lives that nobody joins into its record
   * @param clock says how old what is known of a job is
   */
  public Completions(KvStore store, Ttl life, Clock clock) {
    JobsKv kv = JobsKv.of(store, life, Runnable::run);
    this.jobs = new KnownJobs(kv, clock);
    this.steps = kv.steps();
  }

  /**
   * Takes a completion.
   *
   * @param traceId the job
   * @param end the KPI's run at its end
   * @param drive which drive has ended; null for the latest one
   * @param deadline by when the call must have ended
   * @return what it meets; when it is recorded it is stored
   * @throws io.schedulerworker.model.FormatException if what is stored is no job record
   * @throws KvStoreException if the store fails: it may or may not be recorded, and may be reported again
   */
  public Completion complete(
      TraceId traceId, KpiRun end, @Nullable Integer drive, Deadline deadline) {
    Optional<KnownRun> known = jobs.find(traceId, end.kpiId(), deadline);
    if (known.isEmpty() || (drive != null && drive > known.get().drive())) {
      known = jobs.findAnew(traceId, end.kpiId(), deadline);
    }
    return known
        .map(run -> complete(traceId, end, run, drive == null ? run.drive() : drive, deadline))
        .orElse(Completion.UNKNOWN);
  }

  private Completion complete(
      TraceId traceId, KpiRun end, KnownRun known, int drive, Deadline deadline) {
    if (drive > known.drive()) {
      return Completion.UNKNOWN;
    }
    if (drive < known.drive()) {
      return ofEarlierDrive(traceId, end.ofDrive(drive), deadline);
    }
    return known.settled() == null
        ? record(traceId, end.ofDrive(drive), deadline)
        : compare(known.settled(), end);
  }

  /** It is turned away, unless it repeats one that counts for the drive after it. */
  private Completion ofEarlierDrive(TraceId traceId, KpiRun end, Deadline deadline) {
    return steps
        .firstEnd(traceId, end, deadline)
        .filter(
            first -> first.redrives() > end.redrives() || isCarriedOver(traceId, first, deadline))
        .map(first -> compare(first.status(), end))
        .orElse(Completion.SUPERSEDED);
  }

  private Completion record(TraceId traceId, KpiRun end, Deadline deadline) {
    while (true) {
      if (steps.appendEnd(traceId, end, deadline)) {
        return counts(traceId, end, deadline) ? Completion.RECORDED : Completion.SUPERSEDED;
      }
      Optional<KpiRun> first = steps.firstEnd(traceId, end, deadline);
      if (first.isPresent()) {
        return counts(traceId, first.get(), deadline)
            ? compare(first.get().status(), end)
            : Completion.SUPERSEDED;
      }
    }
  }

  private boolean counts(TraceId traceId, KpiRun stored, Deadline deadline) {
    return !isUndone(traceId, stored, deadline) || isCarriedOver(traceId, stored, deadline);
  }

  /** A completion that comes just as a drive begins counts for that one, unless there is a later one already. */
  private boolean isCarriedOver(TraceId traceId, KpiRun stored, Deadline deadline) {
    return steps.carryOver(traceId, stored, deadline)
        && !isUndone(traceId, stored.ofDrive(stored.redrives() + 1), deadline);
  }

  /**
   * Whether a drive has begun that knows nothing of a stored end. Whoever drives a KPI again leaves a mark, and then looks
   * for what was reported: if there is no mark after the report is stored, it is found there.
   */
  private boolean isUndone(TraceId traceId, KpiRun stored, Deadline deadline) {
    return jobs.find(traceId, stored.kpiId(), deadline)
        .filter(now -> now.drive() > stored.redrives())
        .flatMap(drivenAgain -> jobs.findAnew(traceId, stored.kpiId(), deadline))
        .filter(now -> now.settled() != stored.status())
        .isPresent();
  }

  private static Completion compare(KpiStatus first, KpiRun end) {
    return first == end.status() ? Completion.REPEATED : Completion.CONFLICT;
  }
}
