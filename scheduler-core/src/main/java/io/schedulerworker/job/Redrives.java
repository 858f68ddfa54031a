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
import java.util.List;
import java.util.Map;

/**
 * Drives KPIs of jobs again whose calls are over: in the same job, under the next epoch, each as its next drive. The order
 * of what is written is what makes it survive: the lease, then the mark, then the record, then the calls. Thread-safe;
 * blocks.
 */
final class Redrives {
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
    Map<String, Kpi> known = callees.known(traceId, deadline);
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

  /** Looks again, now that nobody else is at it. */
  private Again prepare(
      HeldLease lease, RedriveChoice choice, Map<String, Kpi> known, Deadline deadline) {
    try {
      JoinedJob found = read(lease.traceId(), deadline);
      if (nextEpoch(found) > lease.epoch()) {
        throw underWay(lease.traceId());
      }
      Again again = new Again(found, choice.from(found.job(), known));
      kv.marks().put(lease.traceId(), lease.epoch(), deadline);
      if (settings.ownRegistry()) {
        kv.plans().write(lease.traceId(), again.kpis(), deadline);
      }
      return again;
    } catch (RuntimeException | Error e) {
      lease.end(settings.storeTimeout());
      throw e;
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
    JobRecords.Stored stored = write(lease, again.found().raw(), later, deadline);
    // As a step too: a program that writes an old state of the record back does not undo it.
    Step step = new Step(lease.epoch(), pending, List.of(), List.of(line));
    kv.steps().append(lease.traceId(), lease.nextStep(), step, deadline);
    listener.jobRetried(stored.job(), again.kpis().size(), by);
    return running.begin(lease, stored, again.kpis(), deadline);
  }

  private JobRecords.Stored write(
      HeldLease lease, JobRecords.Stored raw, JobRecord later, Deadline deadline) {
    try {
      Update update = kv.records().update(raw, later, deadline);
      JobRecords.Stored stored = update.stored();
      if (stored != null) {
        return stored;
      }
      lease.end(settings.storeTimeout());
      throw update.kind() == Update.Kind.FENCED
          ? underWay(lease.traceId())
          : JobRefusedException.unknown(lease.traceId());
    } catch (KvStoreException e) {
      if (!e.mayHaveHappened()) {
        lease.end(settings.storeTimeout());
      }
      throw e;
    }
  }

  /** A job as it was when it was claimed, and whom to call. */
  private record Again(JoinedJob found, List<Kpi> kpis) {
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
