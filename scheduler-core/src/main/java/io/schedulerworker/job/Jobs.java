package io.schedulerworker.job;

import io.schedulerworker.dispatch.Dispatcher;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.IdGenerator;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.RegistrySource;
import io.schedulerworker.port.Ttl;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Makes jobs of fires: registry, record, calls, outcome. Thread-safe. */
public final class Jobs {
  private static final Logger LOG = System.getLogger(Jobs.class.getName());

  private final RegistryReader registry;
  private final JobRecords records;
  private final Dispatcher dispatcher;
  private final JobSettings settings;
  private final Clock clock;
  private final IdGenerator ids;
  private final JobListener listener;
  private final Executor executor;
  private final Set<RunningJob> running = ConcurrentHashMap.newKeySet();

  /**
   * Jobs on what the ports reach.
   *
   * @param registry where KPIs are registered
   * @param store JOBS_KV
   * @param dispatcher calls the webhooks
   * @param settings what all jobs have in common
   * @param clock the time
   * @param ids for manual jobs
   * @param listener is told; must not throw
   * @param executor for work that blocks
   */
  public Jobs(
      RegistrySource registry,
      KvStore store,
      Dispatcher dispatcher,
      JobSettings settings,
      Clock clock,
      IdGenerator ids,
      JobListener listener,
      Executor executor) {
    this.registry = new RegistryReader(registry);
    this.records = new JobRecords(store, Ttl.of(settings.retention()));
    this.dispatcher = dispatcher;
    this.settings = settings;
    this.clock = clock;
    this.ids = ids;
    this.listener = listener;
    this.executor = executor;
  }

  /**
   * Makes a job and begins its calls. Blocks while the stores are read and written, not while webhooks are called.
   *
   * @param fire what starts it
   * @param selection whom to call
   * @return the job on its way; empty if the job of this fire exists already
   * @throws io.schedulerworker.model.NoJobException if no job can be made; nothing was written
   * @throws io.schedulerworker.port.KvStoreException if a store fails
   */
  public Optional<RunningJob> start(Fire fire, KpiSelection selection) {
    Deadline deadline = Deadline.in(settings.storeTimeout(), clock);
    KpiRegistry read = registry.read(deadline);
    if (!read.findings().isEmpty()) {
      listener.registryFindings(read.findings());
    }
    List<Kpi> kpis = selection.from(read.active());
    return create(fire, kpis, deadline).map(stored -> begin(stored, kpis));
  }

  private Optional<JobRecords.Stored> create(Fire fire, List<Kpi> kpis, Deadline deadline) {
    for (int candidate = 0; candidate < TraceId.CANDIDATES; candidate++) {
      JobRecord job = pending(traceId(fire, candidate), fire, kpis);
      Optional<JobRecords.Stored> created = records.create(job, deadline);
      if (created.isPresent()) {
        noteLast(job.traceId(), deadline);
        return created;
      }
      if (!isTakenByAnother(job, fire, deadline)) {
        return Optional.empty();
      }
    }
    throw new IllegalStateException("every trace id of " + fire + " belongs to another schedule");
  }

  /** The job is there, and is done whether or not it can be noted as the last one. */
  private void noteLast(TraceId traceId, Deadline deadline) {
    try {
      records.noteLast(traceId, deadline);
    } catch (KvStoreException e) {
      LOG.log(
          Level.WARNING, "{0} could not be noted as the last job: {1}", traceId, e.getMessage());
    }
  }

  private TraceId traceId(Fire fire, int candidate) {
    return fire.isManual()
        ? TraceId.ofManual(clock.now(), ids.traceSuffix())
        : fire.traceId(candidate);
  }

  private JobRecord pending(TraceId traceId, Fire fire, List<Kpi> kpis) {
    List<String> kpiIds = kpis.stream().map(Kpi::id).toList();
    return JobRecord.pending(traceId, clock.now(), kpiIds, settings.environment(), fire);
  }

  private boolean isTakenByAnother(JobRecord job, Fire fire, Deadline deadline) {
    return fire.isManual()
        || records
            .read(job.traceId(), deadline)
            .map(found -> !fire.equals(found.metadata().fire()))
            .orElse(false);
  }

  private RunningJob begin(JobRecords.Stored stored, List<Kpi> kpis) {
    listener.jobCreated(stored.job());
    RunningJob job = new RunningJob(stored, kpis, records, settings, clock, listener, executor);
    running.add(job);
    job.settled().whenComplete((record, failure) -> running.remove(job));
    job.begin(dispatcher);
    return job;
  }

  /** Writes down what is known of the jobs on their way, whose calls in flight are not waited for any longer. */
  public void finishWithWhatIsKnown() {
    running.forEach(RunningJob::finish);
  }

  /**
   * The jobs on their way.
   *
   * @return those that are not settled
   */
  public List<RunningJob> running() {
    return List.copyOf(running);
  }
}
