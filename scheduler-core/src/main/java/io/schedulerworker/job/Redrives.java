package io.schedulerworker.job;

import io.schedulerworker.model.AuditLine;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.Step;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Version;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Drives KPIs of jobs again whose calls are over: in the same job, under the next epoch, each as its next drive. The order
 * of what is written is what makes it survive: the lease, then the mark, then a look, then the record, then the calls. Thread-safe;
 * blocks.
 */
final class Redrives {
  private static final Logger LOG = System.getLogger(Redrives.class.getName());

  private final JobsKv kv;
  private final HeldLeases held;
  private final Callees callees;
  private final RunningJobs running;
  private final JobSettings settings;
  private final Clock clock;
  private final JobListener listener;

  Redrives(
      JobsKv kv,
      HeldLeases held,
      Callees callees,
      RunningJobs running,
      JobSettings settings,
      Clock clock,
      JobListener listener) {
    this.kv = kv;
    this.held = held;
    this.callees = callees;
    this.running = running;
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Begins to drive KPIs again.
   *
   * @param by who asked for it
   * @throws JobRefusedException if that cannot be; nothing has changed
   * @throws NoJobException if there is no registry
   * @throws KvStoreException if the store fails: it may or may not have begun
   */
  RunningJob begin(TraceId traceId, RedriveChoice choice, String by) {
    Deadline deadline = Deadline.in(settings.storeTimeout(), clock);
    JoinedJob found = read(traceId, deadline);
    if (kv.leases().exists(traceId, deadline)) {
      throw underWay(traceId);
    }
    Map<String, Kpi> known = callees.registered(deadline);
    choice.from(found.job(), known);
    HeldLease lease = claim(found, deadline);
    Again again = prepare(lease, choice, known, deadline);
    try {
      return begin(lease, again, by, deadline);
    } catch (RuntimeException | Error e) {
      // The record may say already whom to call: whoever takes the lease over looks.
      lease.drop();
      throw e;
    }
  }

  private JoinedJob read(TraceId traceId, Deadline deadline) {
    return kv.reader()
        .read(traceId, deadline)
        .orElseThrow(() -> JobRefusedException.unknown(traceId));
  }

  private HeldLease claim(JoinedJob found, Deadline deadline) {
    TraceId traceId = found.job().traceId();
    Fire fire = found.job().metadata().fire();
    HeldLease lease = held.claimAgain(
            traceId, fire == null ? Fire.manual() : fire, nextEpoch(found), deadline)
        .lease();
    if (lease == null) {
      throw underWay(traceId);
    }
    return lease;
  }

  private static int nextEpoch(JoinedJob found) {
    return Math.max(1, found.epoch()) + 1;
  }

  private static JobRefusedException underWay(TraceId traceId) {
    return new JobRefusedException(
        JobRefusedException.Kind.UNDER_WAY,
        traceId + " is under way: KPIs of it are being called, or are about to be; wait for that to"
            + " end, or cancel it");
  }

  /**
   * Looks again, now that nobody else is at it. Whoever takes reports sees the mark from before that look on, and reads for
   * itself.
   */
  private Again prepare(
      HeldLease lease, RedriveChoice choice, Map<String, Kpi> known, Deadline deadline) {
    Version mark = null;
    try {
      mark = kv.marks().put(lease.traceId(), lease.epoch(), deadline);
      JoinedJob found = read(lease.traceId(), deadline);
      if (nextEpoch(found) > lease.epoch()) {
        throw underWay(lease.traceId());
      }
      Again again = new Again(found, choice.from(found.job(), known), mark);
      plan(lease.traceId(), again, deadline);
      return again;
    } catch (RuntimeException | Error e) {
      giveBack(lease, mark);
      throw e;
    }
  }

  /** A plan of the drive before must not decide who can be called. */
  private void plan(TraceId traceId, Again again, Deadline deadline) {
    if (settings.ownRegistry()) {
      kv.plans().write(traceId, again.kpis(), deadline);
    } else {
      kv.plans().delete(traceId, deadline);
    }
  }

  private void giveBack(HeldLease lease, @Nullable Version mark) {
    lease.end(settings.storeTimeout());
    try {
      if (mark != null) {
        kv.marks().remove(lease.traceId(), mark, Deadline.in(settings.storeTimeout(), clock));
      }
    } catch (KvStoreException e) {
      LOG.log(
          Level.DEBUG,
          "reports of {0} are looked up anew for an hour: {1}",
          lease.traceId(),
          e.getMessage());
    }
  }

  private RunningJob begin(HeldLease lease, Again again, String by, Deadline deadline) {
    AuditLine line = AuditLine.of(clock.now(), AuditLine.Action.RETRY, by, again.ids());
    List<KpiRun> pending = again.pending();
    JobRecord later = again
        .found()
        .job()
        .with(pending, clock.now())
        .withEpoch(lease.epoch())
        .withAudit(List.of(line));
    JobRecords.Stored stored = write(lease, again, later, deadline);
    Map<String, KpiRun> ended = endedMeanwhile(stored.job(), deadline);
    // As a step too: a program that writes an old state of the record back does not undo it.
    List<KpiRun> noted =
        pending.stream().map(run -> ended.getOrDefault(run.kpiId(), run)).toList();
    Step step = new Step(lease.epoch(), noted, List.of(), List.of(line));
    kv.steps().append(lease.traceId(), lease.nextStep(), step, deadline);
    listener.jobRetried(stored.job(), again.kpis().size(), by);
    List<Kpi> callees =
        again.kpis().stream().filter(kpi -> !ended.containsKey(kpi.id())).toList();
    return running.begin(lease, stored, callees, deadline);
  }

  private Map<String, KpiRun> endedMeanwhile(JobRecord again, Deadline deadline) {
    return new LateEnds(kv.steps())
        .carryOver(again, deadline).stream().collect(Collectors.toMap(KpiRun::kpiId, run -> run));
  }

  private JobRecords.Stored write(
      HeldLease lease, Again again, JobRecord later, Deadline deadline) {
    try {
      Update update = kv.records().update(again.found().raw(), later, deadline);
      JobRecords.Stored stored = update.stored();
      if (stored != null) {
        return stored;
      }
      giveBack(lease, again.mark());
      throw update.kind() == Update.Kind.FENCED
          ? underWay(lease.traceId())
          : JobRefusedException.unknown(lease.traceId());
    } catch (KvStoreException e) {
      if (!e.mayHaveHappened()) {
        giveBack(lease, again.mark());
      }
      throw e;
    }
  }

  /** A job as it was when it was claimed, and whom to call. */
  private record Again(JoinedJob found, List<Kpi> kpis, Version mark) {
    List<String> ids() {
      return kpis.stream().map(Kpi::id).toList();
    }

    List<KpiRun> pending() {
      return ids().stream()
          .map(id -> KpiRun.pending(id).ofDrive(found.job().drive(id) + 1))
          .toList();
    }
  }
}
