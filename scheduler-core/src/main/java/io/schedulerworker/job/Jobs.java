package io.schedulerworker.job;

import io.schedulerworker.dispatch.Dispatcher;
import io.schedulerworker.job.HeldLeases.Claim;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.RequestClaim;
import io.schedulerworker.model.RequestUnderWayException;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.IdGenerator;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.RegistrySource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Makes jobs of fires: registry, claim, record, calls, outcome. The order of what is written is what makes it survive:
 * the lease, then the fate of the fire, then the record, then the calls. Thread-safe.
 */
public final class Jobs {
  private static final Logger LOG = System.getLogger(Jobs.class.getName());

  private final RegistryReader registry;
  private final JobsKv kv;
  private final HeldLeases held;
  private final RunningJobs running;
  private final JobSettings settings;
  private final Clock clock;
  private final IdGenerator ids;
  private final JobListener listener;
  private final Executor executor;
  private final JobMaker maker;
  private final Callees callees;
  private final Redrives redrives;

  /**
   * Jobs on what the ports reach.
   *
   * @param source where KPIs are registered
   * @param store JOBS_KV
   * @param dispatcher calls the webhooks
   * @param settings what all jobs have in common
   * @param clock the time
   * @param ids for manual jobs
   * @param listener is told; must not throw
   * @param executor for work that blocks
   */
  public Jobs(
      RegistrySource source,
      KvStore store,
      Dispatcher dispatcher,
      JobSettings settings,
      Clock clock,
      IdGenerator ids,
      JobListener listener,
      Executor executor) {
    this.registry = new RegistryReader(source, clock, settings.registryMaxAge(), listener);
    this.kv = JobsKv.of(store, settings.life(), executor);
    this.held = new HeldLeases(kv.leases(), settings, clock, executor);
    this.running = new RunningJobs(kv, dispatcher, settings, clock, listener, executor);
    this.settings = settings;
    this.clock = clock;
    this.ids = ids;
    this.listener = listener;
    this.executor = executor;
    this.maker = new JobMaker(registry, kv, running, settings, clock, listener);
    this.callees = new Callees(kv.plans(), registry);
    this.redrives = new Redrives(kv, held, callees, running, settings, clock, listener);
  }

  /**
   * Makes a job by hand and begins its calls. Blocks while the stores are read and written, not while webhooks are called.
   *
   * @param selection whom to call
   * @return the job on its way
   * @throws NoJobException if no job can be made; nothing was written
   * @throws KvStoreException if a store fails
   * @throws IllegalStateException after {@link #close}
   */
  public RunningJob start(KpiSelection selection) {
    Deadline deadline = deadline();
    List<Kpi> kpis = maker.select(selection, deadline);
    while (true) {
      Optional<RunningJob> job = start(manualTraceId(), kpis, deadline);
      if (job.isPresent()) {
        return job.get();
      }
    }
  }

  /** Makes the manual job of a name; empty if there is one already, or somebody is making it. */
  private Optional<RunningJob> start(TraceId traceId, List<Kpi> kpis, Deadline deadline) {
    HeldLease lease = held.claim(traceId, Fire.manual(), deadline).lease();
    if (lease == null) {
      return Optional.empty();
    }
    try {
      Optional<RunningJob> job = maker.begin(lease, kpis, deadline);
      if (job.isEmpty()) {
        leave(lease, deadline);
      }
      return job;
    } catch (RuntimeException | Error e) {
      giveUp(lease, e);
      throw e;
    }
  }

  /** Of a job that another process made meanwhile: whoever takes the lease over goes on with what is pending. */
  private void leave(HeldLease lease, Deadline deadline) {
    if (kv.reader()
        .find(lease.traceId(), deadline)
        .filter(JobRecord::hasPending)
        .isPresent()) {
      lease.drop();
    } else {
      lease.end(settings.storeTimeout());
    }
  }

  /** Where the record may be there all the same, the lease must stay: whoever takes it over finds out. */
  private void giveUp(HeldLease lease, Throwable failure) {
    if (mayHaveHappened(failure)) {
      lease.drop();
    } else {
      lease.end(settings.storeTimeout());
    }
  }

  private static boolean mayHaveHappened(Throwable failure) {
    return failure instanceof KvStoreException store
        ? store.mayHaveHappened()
        : failure instanceof Error;
  }

  /**
   * Makes a job by hand for a request that may be sent more than once: whoever sends it again within 24 hours is told of
   * the same job. Blocks like {@link #start}.
   *
   * @param requestKey what the sender calls the request
   * @param selection whom to call
   * @return what the request led to, now or before
   * @throws io.schedulerworker.model.RequestConflictException if the earlier request of that name selected others
   * @throws RequestUnderWayException if another one is just making the job
   * @throws NoJobException if no job can be made; nothing was written
   * @throws KvStoreException if a store fails
   */
  public JobOfRequest startOnce(String requestKey, KpiSelection selection) {
    Deadline deadline = deadline();
    JobOfRequest job = kv.requests()
        .find(requestKey, selection.digest(), deadline)
        .flatMap(claim -> findOf(claim, deadline))
        .orElseGet(() -> makeOf(requestKey, selection, deadline));
    noteBegun(requestKey, job.claim(), deadline);
    return job;
  }

  /** From then on whoever deletes the record does not have the request make it again. */
  private void noteBegun(String requestKey, RequestClaim claim, Deadline deadline) {
    if (claim.begun()) {
      return;
    }
    try {
      kv.requests().begun(requestKey, claim, deadline);
    } catch (KvStoreException e) {
      LOG.log(
          Level.DEBUG,
          "{0} is noted as made by the next repeat: {1}",
          claim.traceId(),
          e.getMessage());
    }
  }

  /** The job of a claim; empty if it was not begun: whoever claimed it may be at it, or may have died. */
  private Optional<JobOfRequest> findOf(RequestClaim claim, Deadline deadline) {
    Optional<RunningJob> here = running.find(claim.traceId());
    if (here.isPresent()) {
      return here.map(job -> JobOfRequest.running(claim, job));
    }
    if (held.has(claim.traceId())) {
      // Its record may be there already, but nobody of it has been called yet.
      throw new RequestUnderWayException(claim.traceId());
    }
    return kv.reader()
        .find(claim.traceId(), deadline)
        .filter(job -> !job.isUnbegun())
        .map(job -> JobOfRequest.stored(claim, job))
        .or(() -> claim.begun() ? Optional.of(JobOfRequest.gone(claim)) : Optional.empty());
  }

  /** Whether a claim leads to no job any more: whoever made it died over it, and nobody knew whom to call. */
  private boolean isVoid(RequestClaim claim, Deadline deadline) {
    return kv.records()
        .read(claim.traceId(), deadline)
        .filter(JobRecord::isUnbegun)
        .isPresent();
  }

  private JobOfRequest makeOf(String requestKey, KpiSelection selection, Deadline deadline) {
    List<Kpi> kpis = maker.select(selection, deadline);
    RequestClaim wanted = new RequestClaim(manualTraceId(), kpis.size(), selection.digest());
    RequestClaim claim =
        kv.requests().claim(requestKey, wanted, found -> isVoid(found, deadline), deadline);
    Optional<JobOfRequest> anothers =
        claim.equals(wanted) ? Optional.empty() : findOf(claim, deadline);
    // Also where the claim is another's: it may have died before it made the job, and the record is
    // made once only.
    return anothers
        .or(() ->
            start(claim.traceId(), kpis, deadline).map(job -> JobOfRequest.running(claim, job)))
        .or(() -> findOf(claim, deadline))
        .orElseThrow(() -> new RequestUnderWayException(claim.traceId()));
  }

  /**
   * Drives KPIs of a job again whose calls are over. Blocks like {@link #start}.
   *
   * @param traceId the job
   * @param kpiIds whom to call; none: all that failed or timed out
   * @param by who asked for it, for the record
   * @return the job on its way
   * @throws io.schedulerworker.model.JobRefusedException if that cannot be; nothing was changed
   * @throws NoJobException if there is no registry; nothing was changed
   * @throws KvStoreException if a store fails
   * @throws IllegalStateException after {@link #close}
   */
  public RunningJob retry(TraceId traceId, Collection<String> kpiIds, String by) {
    return redrives.begin(traceId, RedriveChoice.of(kpiIds), by);
  }

  private TraceId manualTraceId() {
    return TraceId.ofManual(clock.now(), ids.traceSuffix());
  }

  /**
   * Gives a fire of a schedule its fate, if it has none yet, and begins the calls if that is a job. Blocks like {@link
   * #start}.
   *
   * @param fire of a schedule
   * @param selection whom to call
   * @param fates where the fate is fixed
   * @return whether the fire has its fate; false while another process is at it, or its turn has not come after all
   * @throws KvStoreException if a store fails: the fire may or may not have its fate
   */
  public boolean settle(Fire fire, KpiSelection selection, Fates fates) {
    Deadline deadline = Deadline.in(settings.stepTimeout(), clock);
    try {
      List<Kpi> kpis = maker.select(selection, deadline());
      return settle(fire, kpis, fates, deadline);
    } catch (NoJobException e) {
      maker.skip(fire, e, fates, deadline);
      return true;
    }
  }

  private boolean settle(Fire fire, List<Kpi> kpis, Fates fates, Deadline deadline) {
    for (int candidate = 0; candidate < TraceId.CANDIDATES; candidate++) {
      Claim claim = held.claim(fire.traceId(candidate), fire, deadline);
      HeldLease lease = claim.lease();
      if (lease == null && claim.found().fire().equals(fire)) {
        return false;
      }
      if (lease != null && !isTaken(lease, deadline)) {
        return settle(lease, kpis, fates, deadline);
      }
    }
    throw new IllegalStateException("every trace id of " + fire + " belongs to another schedule");
  }

  /** Whether the trace id belongs to another fire's job; then the lease is given back. */
  private boolean isTaken(HeldLease lease, Deadline deadline) {
    try {
      Fire fire = lease.lease().fire();
      Optional<JobRecord> found = kv.records().read(lease.traceId(), deadline);
      boolean taken = found.filter(job -> !fire.equals(job.metadata().fire())).isPresent();
      if (taken) {
        lease.end(settings.storeTimeout());
      }
      return taken;
    } catch (RuntimeException | Error e) {
      lease.drop();
      throw e;
    }
  }

  /** Makes the job of a claim, if the fire's fate is this job. */
  private boolean settle(HeldLease lease, List<Kpi> kpis, Fates fates, Deadline deadline) {
    try {
      Lease claimed = lease.lease();
      if (!fates.claim(
          claimed.fire(),
          lease.traceId(),
          claimed.claimant(),
          () -> lease.isStillOurs(deadline),
          deadline)) {
        lease.end(settings.storeTimeout());
        return false;
      }
      if (maker.begin(lease, kpis, deadline).isEmpty()) {
        // Whoever takes the lease over goes on with the record that is there.
        lease.drop();
      }
      return true;
    } catch (RuntimeException | Error e) {
      // The fate may be fixed as this job: whoever takes the lease over finishes what is begun
      // here.
      lease.drop();
      throw e;
    }
  }

  /**
   * The jobs of a schedule that are going on, on any process.
   *
   * @param schedule which one
   * @param deadline by when the call must have ended
   * @return their trace ids, those that are being made included
   * @throws KvStoreException if the store fails
   */
  public List<TraceId> underWay(ScheduleId schedule, Deadline deadline) {
    return kv.leases().all(deadline).stream()
        .filter(named -> named.stored().lease().fire().schedule().equals(schedule))
        .map(Leases.Named::traceId)
        .toList();
  }

  private Deadline deadline() {
    return Deadline.in(settings.storeTimeout(), clock);
  }

  /**
   * Watches the leases of other processes, and takes over what they leave.
   *
   * @param fates where the fates of fires are fixed
   * @param alone whether no other process can have the store: what others left is taken over at once
   * @return to be started and closed
   */
  public Takeovers takeovers(Fates fates, boolean alone) {
    Resumption resumption = new Resumption(
        kv,
        callees,
        new ClaimFinisher(maker, fates, settings.storeTimeout()),
        running,
        settings,
        clock,
        listener,
        executor);
    return new Takeovers(kv.leases(), held, resumption, settings, clock, executor, alone);
  }

  /**
   * Removes what jobs that are over leave behind.
   *
   * @return to be started and closed
   */
  public StepSweep sweep() {
    return new StepSweep(kv, settings, clock, executor);
  }

  /**
   * Sees to it that lists show the jobs that there are.
   *
   * @return to be started and closed
   */
  public SummarySweep summarySweep() {
    return new SummarySweep(kv, settings, clock, executor);
  }

  /**
   * Looks after jobs that workflows are still at.
   *
   * @param clockAgrees whether this process's wall clock can be trusted
   * @return to be started and closed
   */
  public WaitingJobs waiting(BooleanSupplier clockAgrees) {
    return new WaitingJobs(kv, redrives, settings, clock, clockAgrees, listener, executor);
  }

  /**
   * The jobs that this process is at.
   *
   * @return the jobs
   */
  public RunningJobs running() {
    return running;
  }

  /**
   * Makes and takes over no further job. Does not block; may be called again.
   *
   * @return completes when this process is at no job any more
   */
  public CompletionStage<Void> close() {
    return held.close();
  }

  /**
   * Reads the registry without making a job of it.
   *
   * @return as it is now
   * @throws NoJobException if it is missing or no registry
   * @throws KvStoreException if its source is out of reach
   */
  public KpiRegistry refreshRegistry() {
    return registry.refresh(deadline());
  }

  /**
   * Whether there is a registry to go by if its source were out of reach now.
   *
   * @return true if one was read that is not too old
   */
  public boolean hasRegistryToStandIn() {
    return registry.hasStandIn();
  }
}
