package io.schedulerworker.job;

import io.schedulerworker.dispatch.Dispatcher;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.RequestClaim;
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
  private final RequestClaims requests;
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
    this.registry = new RegistryReader(registry, clock, settings.registryMaxAge(), listener);
    this.records = new JobRecords(store, Ttl.of(settings.retention()));
    this.requests = new RequestClaims(store);
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
    List<Kpi> kpis = select(selection, deadline);
    return create(fire, kpis, deadline).map(stored -> begin(stored, kpis));
  }

  /**
   * Makes a job by hand for a request that may be sent more than once: whoever sends it again within 24 hours is told of
   * the same job. Blocks like {@link #start}.
   *
   * @param requestKey what the sender calls the request
   * @param selection whom to call
   * @return what the request led to, now or before
   * @throws io.schedulerworker.model.RequestConflictException if the earlier request of that name selected others
   * @throws io.schedulerworker.model.NoJobException if no job can be made; nothing was written
   * @throws KvStoreException if a store fails
   */
  public RequestClaim startOnce(String requestKey, KpiSelection selection) {
    Deadline deadline = Deadline.in(settings.storeTimeout(), clock);
    Optional<RequestClaim> known = requests.find(requestKey, selection.digest(), deadline);
    if (known.isPresent() && isMade(known.get(), deadline)) {
      return known.get();
    }
    List<Kpi> kpis = select(selection, deadline);
    RequestClaim wanted =
        new RequestClaim(traceId(Fire.manual(), 0), kpis.size(), selection.digest());
    RequestClaim claim = requests.claim(requestKey, wanted, deadline);
    // Also where the claim is another's: it may have died before it made the job, and the record is
    // made once only.
    create(pending(claim.traceId(), Fire.manual(), kpis), deadline)
        .ifPresent(stored -> begin(stored, kpis));
    return claim;
  }

  private boolean isMade(RequestClaim claim, Deadline deadline) {
    return records.read(claim.traceId(), deadline).isPresent();
  }

  private List<Kpi> select(KpiSelection selection, Deadline deadline) {
    KpiRegistry read = registry.read(deadline);
    if (!read.findings().isEmpty()) {
      listener.registryFindings(read.findings());
    }
    return selection.from(read.active());
  }

  private Optional<JobRecords.Stored> create(JobRecord job, Deadline deadline) {
    Optional<JobRecords.Stored> created = records.create(job, deadline);
    created.ifPresent(stored -> noteLast(job.traceId(), deadline));
    return created;
  }

  private Optional<JobRecords.Stored> create(Fire fire, List<Kpi> kpis, Deadline deadline) {
    for (int candidate = 0; candidate < TraceId.CANDIDATES; candidate++) {
      JobRecord job = pending(traceId(fire, candidate), fire, kpis);
      Optional<JobRecords.Stored> created = create(job, deadline);
      if (created.isPresent()) {
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
   * A job on its way here.
   *
   * @param traceId its name
   * @return empty if it is settled, unknown or another process's
   */
  public Optional<RunningJob> running(TraceId traceId) {
    return running.stream().filter(job -> job.traceId().equals(traceId)).findFirst();
  }

  /**
   * Reads the registry without making a job of it.
   *
   * @return as it is now
   * @throws io.schedulerworker.model.NoJobException if it is missing or no registry
   * @throws KvStoreException if its source is out of reach
   */
  public KpiRegistry refreshRegistry() {
    return registry.refresh(Deadline.in(settings.storeTimeout(), clock));
  }

  /**
   * Whether there is a registry to go by if its source were out of reach now.
   *
   * @return true if one was read that is not too old
   */
  public boolean hasRegistryToStandIn() {
    return registry.hasStandIn();
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
