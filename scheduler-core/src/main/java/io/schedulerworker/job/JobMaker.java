package io.schedulerworker.job;

import io.schedulerworker.job.JobRecords.Stored;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import java.util.List;
import java.util.Optional;

/** Makes the job of a lease: chooses whom to call, writes the record, begins the calls. Thread-safe. */
final class JobMaker {
  private final RegistryReader registry;
  private final JobsKv kv;
  private final RunningJobs running;
  private final JobSettings settings;
  private final Clock clock;
  private final JobListener listener;

  JobMaker(
      RegistryReader registry,
      JobsKv kv,
      RunningJobs running,
      JobSettings settings,
      Clock clock,
      JobListener listener) {
    this.registry = registry;
    this.kv = kv;
    this.running = running;
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
  }

  /** Whom to call by the registry as it is now; no job if there is nobody. */
  List<Kpi> select(KpiSelection selection, Deadline deadline) {
    KpiRegistry read = registry.read(deadline);
    if (!read.findings().isEmpty()) {
      listener.registryFindings(read.findings());
    }
    return selection.from(read.active());
  }

  /** Writes the record and begins the calls; empty if there is a record already. */
  Optional<RunningJob> begin(HeldLease lease, List<Kpi> kpis, Deadline deadline) {
    TraceId traceId = lease.traceId();
    if (settings.ownRegistry()) {
      kv.plans().write(traceId, kpis, deadline);
    }
    List<String> kpiIds = kpis.stream().map(Kpi::id).toList();
    JobRecord pending = JobRecord.pending(
        traceId, clock.now(), kpiIds, settings.environment(), lease.lease().fire());
    Optional<Stored> created = kv.records().create(pending, deadline);
    return created.map(stored -> {
      lease.recorded();
      listener.jobCreated(stored.job());
      return running.begin(lease, stored, kpis, deadline);
    });
  }

  /**
   * Ends a claim whose KPIs nobody knows: with a record without KPIs, which also stops a claimant that only slept.
   *
   * @return false if there is a record already
   */
  boolean beginNothing(HeldLease lease, String why, Deadline deadline) {
    JobRecord job = JobRecord.unbegun(
        lease.traceId(), clock.now(), settings.environment(), lease.lease().fire(), why);
    Optional<Stored> created = kv.records().create(job, deadline);
    created.ifPresent(stored -> {
      lease.end(settings.storeTimeout());
      listener.jobCreated(stored.job());
      listener.jobSettled(stored.job());
    });
    return created.isPresent();
  }

  /** Fixes that a fire makes no job; false if its fate was fixed before. */
  boolean skip(Fire fire, NoJobException why, Fates fates, Deadline deadline) {
    boolean skipped = fates.skip(fire, why, deadline);
    if (skipped) {
      listener.fireSkipped(fire, why.reason(), why.reason().text() + ": " + why.getMessage());
    }
    return skipped;
  }
}
