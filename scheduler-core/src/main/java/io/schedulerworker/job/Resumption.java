package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.Progress;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Goes on with the jobs of leases that were taken over. */
final class Resumption {
  private static final Logger LOG = System.getLogger(Resumption.class.getName());
  private static final String UNKNOWN =
      "unknown outcome: the process that called it ended before it had noted the answer";
  private static final String GONE = "no longer in the registry, or no longer active";

  private final JobReader reader;
  private final JobRecords records;
  private final Steps steps;
  private final Callees callees;
  private final ClaimFinisher claims;
  private final RunningJobs running;
  private final JobSettings settings;
  private final Clock clock;
  private final JobListener listener;
  private final Executor executor;

  Resumption(
      JobReader reader,
      JobRecords records,
      Steps steps,
      Callees callees,
      ClaimFinisher claims,
      RunningJobs running,
      JobSettings settings,
      Clock clock,
      JobListener listener,
      Executor executor) {
    this.reader = reader;
    this.records = records;
    this.steps = steps;
    this.callees = callees;
    this.claims = claims;
    this.running = running;
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    this.executor = executor;
  }

  /** Goes on with a job, as soon as that is possible. Does not block. */
  void go(HeldLease lease) {
    long began = clock.nanoTime();
    executor.execute(() -> attempt(lease, new Backoff(), began));
  }

  private void attempt(HeldLease lease, Backoff backoff, long began) {
    if (lease.isOver()) {
      return;
    }
    try {
      resume(lease, began);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "{0} was taken over and cannot be gone on with yet: {1}",
          lease.traceId(),
          e.getMessage());
      clock.after(backoff.next(), () -> executor.execute(() -> attempt(lease, backoff, began)));
    }
  }

  private void resume(HeldLease lease, long began) {
    Deadline deadline = Deadline.in(settings.storeTimeout(), clock);
    Optional<JoinedJob> found = reader.read(lease.traceId(), deadline);
    if (found.isPresent() && found.get().epoch() > lease.epoch()) {
      // Whoever slept between taking over and reading sees the work of its successor.
      lease.lose();
    } else if (found.isPresent()) {
      lease.recorded();
      resume(lease, found.get(), began, deadline);
    } else if (lease.lease().recorded()) {
      // Somebody deleted the record: the job stays deleted.
      lease.end(settings.storeTimeout());
    } else if (!claims.finish(lease, deadline)) {
      resume(lease, began);
    }
  }

  private void resume(HeldLease lease, JoinedJob found, long began, Deadline deadline) {
    List<KpiRun> lost = lostCalls(found);
    JobRecord job = found.job().with(lost, clock.now());
    Map<String, Kpi> known = callees.of(job, began, deadline);
    List<KpiRun> settled = new ArrayList<>(lost);
    job.pendingIds().stream()
        .filter(id -> !known.containsKey(id))
        .forEach(id -> settled.add(failed(id, GONE)));
    note(lease, settled, deadline);
    JobRecord later = job.with(settled, clock.now()).withEpoch(lease.epoch());
    // Written before any call: from here on nothing counts that the former owner writes.
    Update update = records.update(found.raw(), later, deadline);
    JobRecords.Stored stored = update.stored();
    if (stored != null) {
      goOn(lease, stored, known, deadline);
    } else if (update.kind() == Update.Kind.FENCED) {
      lease.lose();
    } else {
      lease.end(settings.storeTimeout());
    }
  }

  /** As a step like every other outcome: a program that writes an old state of the record back does not undo it. */
  private void note(HeldLease lease, List<KpiRun> settled, Deadline deadline) {
    if (!settled.isEmpty()) {
      Progress step = new Progress(lease.epoch(), settled, List.of());
      steps.append(lease.traceId(), lease.nextStep(), step, deadline);
    }
  }

  /** With delivery at most once, what somebody meant to call may have been called. */
  private List<KpiRun> lostCalls(JoinedJob found) {
    Set<String> intents = found.intents();
    return found.job().pendingIds().stream()
        .filter(intents::contains)
        .map(id -> failed(id, UNKNOWN))
        .toList();
  }

  private KpiRun failed(String kpiId, String why) {
    return KpiRun.pending(kpiId).failed(clock.now(), why, 0, KpiRun.Answer.NONE);
  }

  private void goOn(
      HeldLease lease, JobRecords.Stored stored, Map<String, Kpi> known, Deadline deadline) {
    List<String> pending = stored.job().pendingIds();
    listener.jobTakenOver(stored.job(), pending.size());
    if (pending.isEmpty()) {
      lease.end(settings.storeTimeout());
      listener.jobSettled(stored.job());
    } else {
      List<Kpi> kpis = pending.stream().map(known::get).filter(Objects::nonNull).toList();
      running.begin(lease, stored, kpis, deadline);
    }
  }
}
