package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Step;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Goes on with the jobs of leases that were taken over. */
final class Resumption {
  private static final Logger LOG = System.getLogger(Resumption.class.getName());
  private static final String UNKNOWN =
      "unknown outcome: the process that called it ended before it had noted the answer";
  private static final String GONE = "no longer in the registry, or no longer active";

  /** How long to wait for what only a person can mend: a registry or a record that is none, for example. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final JobsKv kv;
  private final Callees callees;
  private final ClaimFinisher claims;
  private final RunningJobs running;
  private final JobSettings settings;
  private final Clock clock;
  private final JobListener listener;
  private final Executor executor;
  private final Set<HeldLease> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  Resumption(
      JobsKv kv,
      Callees callees,
      ClaimFinisher claims,
      RunningJobs running,
      JobSettings settings,
      Clock clock,
      JobListener listener,
      Executor executor) {
    this.kv = kv;
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

  /** Hands over what cannot be gone on with yet, from now on. Does not block. */
  void stop() {
    stopped = true;
    waiting.forEach(this::handOver);
  }

  private void handOver(HeldLease lease) {
    lease.handOver(settings.storeTimeout());
  }

  private void attempt(HeldLease lease, Backoff backoff, long began) {
    waiting.remove(lease);
    if (lease.isOver()) {
      return;
    }
    boolean patient = clock.nanoTime() - began < PATIENCE.toNanos();
    try {
      resume(lease, patient);
    } catch (KvStoreException e) {
      tryAgain(lease, backoff, began, e);
    } catch (RuntimeException | Error e) {
      if (patient) {
        tryAgain(lease, backoff, began, e);
      } else {
        giveUp(lease, backoff, began, e);
      }
    }
  }

  private void tryAgain(HeldLease lease, Backoff backoff, long began, Throwable failure) {
    LOG.log(
        Level.WARNING,
        "{0} was taken over and cannot be gone on with yet: {1}",
        lease.traceId(),
        failure.getMessage());
    waiting.add(lease);
    if (stopped) {
      handOver(lease);
    } else {
      clock.after(backoff.next(), () -> executor.execute(() -> attempt(lease, backoff, began)));
    }
  }

  /** Nobody can go on with it: it must not be tried for ever, by one process after the other. */
  private void giveUp(HeldLease lease, Backoff backoff, long began, Throwable failure) {
    RuntimeException known = failure instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(failure);
    try {
      Deadline deadline = Deadline.in(settings.stepTimeout(), clock);
      if (!claims.giveUp(lease, "it could not be gone on with: " + known.getMessage(), deadline)) {
        lease.end(settings.storeTimeout());
        listener.jobNotStored(lease.traceId(), lease.epoch(), known);
      }
    } catch (RuntimeException e) {
      tryAgain(lease, backoff, began, e);
    }
  }

  private void resume(HeldLease lease, boolean patient) {
    Deadline deadline = Deadline.in(settings.stepTimeout(), clock);
    Optional<JoinedJob> found = kv.reader().read(lease.traceId(), deadline);
    if (found.isPresent() && found.get().epoch() > lease.epoch()) {
      // Whoever slept between taking over and reading sees the work of its successor.
      lease.lose();
    } else if (found.isPresent()) {
      lease.recorded();
      resume(lease, found.get(), patient, deadline);
    } else if (lease.lease().recorded()) {
      // Somebody deleted the record: the job stays deleted.
      lease.end(settings.storeTimeout());
    } else if (!claims.finish(lease, deadline)) {
      resume(lease, patient);
    }
  }

  private void resume(HeldLease lease, JoinedJob found, boolean patient, Deadline deadline) {
    // Whoever began to drive KPIs again may not have come so far as to look.
    List<KpiRun> late = new LateEnds(kv.steps()).carryOver(found.job(), deadline);
    JobRecord begun = found.job().with(late, clock.now());
    List<KpiRun> lost = lostCalls(begun, found.intents());
    JobRecord job = begun.with(lost, clock.now());
    Map<String, Kpi> known = callees.of(job, patient, deadline);
    List<KpiRun> settled = new ArrayList<>(lost);
    job.pendingIds().stream()
        .filter(id -> !known.containsKey(id))
        .forEach(id -> settled.add(failed(job, id, GONE)));
    note(lease, job, settled, deadline);
    JobRecord later = job.with(settled, clock.now()).withEpoch(lease.epoch());
    // Written before any call: from here on nothing counts that the former owner writes.
    Update update = kv.records().update(found.raw(), later, deadline);
    JobRecords.Stored stored = update.stored();
    if (stored != null) {
      goOn(lease, stored, known, deadline);
    } else if (update.kind() == Update.Kind.FENCED) {
      lease.lose();
    } else {
      lease.end(settings.storeTimeout());
    }
  }

  /**
   * As a step like every other outcome: a program that writes an old state of the record back does not undo it. Whoever began
   * to drive KPIs again may not have come that far.
   */
  private void note(HeldLease lease, JobRecord job, List<KpiRun> settled, Deadline deadline) {
    List<KpiRun> noted = new ArrayList<>(settled);
    job.kpis().values().stream()
        .filter(run -> run.status() == KpiStatus.PENDING && run.redrives() > 0)
        .forEach(noted::add);
    if (!noted.isEmpty()) {
      Step step = new Step(lease.epoch(), noted, List.of(), job.metadata().audit());
      kv.steps().append(lease.traceId(), lease.nextStep(), step, deadline);
    }
  }

  /** With delivery at most once, what somebody meant to call may have been called. */
  private List<KpiRun> lostCalls(JobRecord job, Set<String> intents) {
    return job.pendingIds().stream()
        .filter(intents::contains)
        .map(id -> failed(job, id, UNKNOWN))
        .toList();
  }

  private KpiRun failed(JobRecord job, String kpiId, String why) {
    int drive = job.drive(kpiId);
    return KpiRun.pending(kpiId).ofDrive(drive).failed(clock.now(), why, 0, KpiRun.Answer.NONE);
  }

  private void goOn(
      HeldLease lease, JobRecords.Stored stored, Map<String, Kpi> known, Deadline deadline) {
    List<String> pending = stored.job().pendingIds();
    if (pending.isEmpty()) {
      // May fail and be tried again: told of is what is certain.
      kv.leftToWorkflows(stored.job(), clock, settings);
      listener.jobTakenOver(stored.job(), 0);
      lease.end(settings.storeTimeout());
      listener.jobSettled(stored.job());
    } else {
      listener.jobTakenOver(stored.job(), pending.size());
      List<Kpi> kpis = pending.stream().map(known::get).filter(Objects::nonNull).toList();
      running.begin(lease, stored, kpis, deadline);
    }
  }
}
