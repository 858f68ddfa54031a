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
import java.util.Optional;
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
    Drive drive = recordDrive(lease, choice, known, by, deadline);
    try {
      return begin(lease, drive, deadline);
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
   * Looks again, now that nobody else is at it, and says in the record whom it is going to call. What another program makes
   * of the record meanwhile is looked at too. Whoever takes reports sees the mark from before the look on, and reads for
   * itself.
   */
  private Drive recordDrive(
      HeldLease lease, RedriveChoice choice, Map<String, Kpi> known, String by, Deadline deadline) {
    Version mark = mark(lease, deadline);
    Optional<Drive> recorded = Optional.empty();
    while (recorded.isEmpty()) {
      recorded = write(look(lease, mark, choice, known, by, deadline), lease, mark, deadline);
    }
    return recorded.get();
  }

  private Version mark(HeldLease lease, Deadline deadline) {
    try {
      return kv.marks().put(lease, deadline);
    } catch (RuntimeException | Error e) {
      giveBack(lease, null);
      throw e;
    }
  }

  private Drive look(
      HeldLease lease,
      Version mark,
      RedriveChoice choice,
      Map<String, Kpi> known,
      String by,
      Deadline deadline) {
    try {
      JoinedJob found = read(lease.traceId(), deadline);
      if (nextEpoch(found) > lease.epoch()) {
        throw underWay(lease.traceId());
      }
      List<Kpi> kpis = choice.from(found.job(), known);
      plan(lease.traceId(), kpis, deadline);
      return drive(found, kpis, by, lease.epoch());
    } catch (RuntimeException | Error e) {
      giveBack(lease, mark);
      throw e;
    }
  }

  private Drive drive(JoinedJob found, List<Kpi> kpis, String by, int epoch) {
    JobRecord before = found.job();
    List<String> ids = kpis.stream().map(Kpi::id).toList();
    List<KpiRun> pending =
        ids.stream().map(id -> KpiRun.pending(id).ofDrive(before.drive(id) + 1)).toList();
    AuditLine line = AuditLine.of(clock.now(), AuditLine.Action.RETRY, by, ids);
    JobRecord job = before.with(pending, clock.now()).withEpoch(epoch).withAudit(List.of(line));
    return new Drive(found.raw(), kpis, pending, line, by, job);
  }

  /** Empty if the record has changed since the look. */
  private Optional<Drive> write(Drive drive, HeldLease lease, Version mark, Deadline deadline) {
    try {
      return kv.records().replace(drive.raw(), drive.job(), deadline).map(drive::recorded);
    } catch (KvStoreException e) {
      if (!e.mayHaveHappened()) {
        giveBack(lease, mark);
      } else {
        lease.drop();
      }
      throw e;
    } catch (RuntimeException | Error e) {
      lease.drop();
      throw e;
    }
  }

  /** A plan of the drive before must not decide who can be called. */
  private void plan(TraceId traceId, List<Kpi> kpis, Deadline deadline) {
    if (settings.ownRegistry()) {
      kv.plans().write(traceId, kpis, deadline);
    } else {
      kv.plans().delete(traceId, deadline);
    }
  }

  private void giveBack(HeldLease lease, @Nullable Version mark) {
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
    lease.end(settings.storeTimeout());
  }

  private RunningJob begin(HeldLease lease, Drive drive, Deadline deadline) {
    Map<String, KpiRun> ended = endedMeanwhile(drive.job(), deadline);
    // As a step too: a program that writes an old state of the record back does not undo it.
    List<KpiRun> noted = drive.pending().stream()
        .map(run -> ended.getOrDefault(run.kpiId(), run))
        .toList();
    Step step = new Step(lease.epoch(), noted, List.of(), List.of(drive.line()));
    kv.steps().append(lease.traceId(), lease.nextStep(), step, deadline);
    listener.jobRetried(drive.job(), drive.kpis().size(), drive.by());
    List<Kpi> callees =
        drive.kpis().stream().filter(kpi -> !ended.containsKey(kpi.id())).toList();
    return running.begin(lease, drive.raw(), callees, deadline);
  }

  private Map<String, KpiRun> endedMeanwhile(JobRecord again, Deadline deadline) {
    return new LateEnds(kv.steps())
        .carryOver(again, deadline).stream()
            .collect(Collectors.toMap(KpiRun::kpiId, run -> run, (one, other) -> one));
  }

  /**
   * Whom to call again, and the job in which they are.
   *
   * @param raw the record as stored
   * @param job what it says, or is to say
   */
  private record Drive(
      JobRecords.Stored raw,
      List<Kpi> kpis,
      List<KpiRun> pending,
      AuditLine line,
      String by,
      JobRecord job) {
    Drive recorded(JobRecords.Stored stored) {
      return new Drive(stored, kpis, pending, line, by, stored.job());
    }
  }
}
