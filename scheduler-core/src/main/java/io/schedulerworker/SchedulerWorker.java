package io.schedulerworker;

import io.schedulerworker.dispatch.Dispatcher;
import io.schedulerworker.job.JobSettings;
import io.schedulerworker.job.Jobs;
import io.schedulerworker.job.RunningJob;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.RequestClaim;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.schedule.FireLoop;
import io.schedulerworker.system.SystemThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The scheduler: turns fires of schedules, and calls of {@link #runNow}, into jobs, and each job into one webhook call
 * per active KPI. Thread-safe.
 *
 * <pre>{@code
 * try (SchedulerWorker worker = SchedulerWorker.builder(configKv, jobsKv, trigger)
 *     .schedule(new Schedule(new ScheduleId("daily"), "0 12 * * *", ZoneOffset.UTC))
 *     .build()) {
 *   worker.start();
 *   JobHandle job = worker.runNow(KpiSelection.all());
 *   JobRecord record = job.settled().toCompletableFuture().join();
 * }
 * }</pre>
 */
public final class SchedulerWorker implements AutoCloseable {
  private final Jobs jobs;
  private final JobStore store;
  private final Dispatcher dispatcher;
  private final List<FireLoop> loops;
  private final JobListener listener;
  private final Duration shutdownGrace;
  private final Executor executor;
  private final Optional<ExecutorService> ownedExecutor;
  private boolean started;
  private boolean closed;

  SchedulerWorker(SchedulerWorkerBuilder from) {
    Clock clock = from.clock;
    this.listener = new GuardedListener(List.copyOf(from.listeners));
    this.shutdownGrace = from.shutdownGrace;
    this.ownedExecutor =
        from.executor == null ? Optional.of(SystemThreads.newExecutor()) : Optional.empty();
    this.executor = from.executor == null ? ownedExecutor.orElseThrow() : from.executor;
    this.dispatcher = new Dispatcher(from.trigger, clock, from.dispatch, listener);
    JobSettings settings = new JobSettings(
        from.environment, from.completion, from.retention, from.registryMaxAge, from.storeTimeout);
    this.jobs = new Jobs(
        from.registry, from.jobsKv, dispatcher, settings, clock, from.ids, listener, executor);
    this.store = new JobStore(from.jobsKv, clock, from.storeTimeout);
    this.loops = from.schedules.values().stream()
        .map(schedule -> new FireLoop(schedule, clock, this::fire))
        .toList();
  }

  /**
   * A scheduler on these ports. They stay the caller's: closing the scheduler closes none of them.
   *
   * @param configKv holds the registry
   * @param jobsKv holds the job records; may be the same store
   * @param trigger calls the webhooks
   * @return a builder with sensible defaults for all else
   */
  public static SchedulerWorkerBuilder builder(
      KvStore configKv, KvStore jobsKv, WorkflowTrigger trigger) {
    return new SchedulerWorkerBuilder(configKv, jobsKv, trigger);
  }

  /**
   * Begins to fire the schedules, each from its first fire time after now. Does not wait for any.
   *
   * @throws IllegalStateException if called again, or after {@link #close}
   */
  public synchronized void start() {
    if (started || closed) {
      throw new IllegalStateException("a scheduler starts once, before it is closed");
    }
    started = true;
    loops.forEach(FireLoop::start);
  }

  /**
   * Makes a job now, whether or not the scheduler is started. Blocks while the stores are read and written, up to the
   * store timeout; the webhooks are called after it returns.
   *
   * @param selection whom to call
   * @return the job on its way
   * @throws NoJobException if no job can be made: the registry is missing or no registry, no KPI is active, or one asked
   *     for is not among the active ones. Nothing was written
   * @throws KvStoreException if a store fails
   * @throws IllegalStateException after {@link #close}
   */
  public JobHandle runNow(KpiSelection selection) {
    checkOpen();
    RunningJob job = jobs.start(Fire.manual(), selection).orElseThrow();
    return new JobHandle(job.traceId(), job.kpiCount(), job.settled());
  }

  /**
   * Makes a job now for a request that may be sent more than once: whoever sends it again within 24 hours is told of the
   * same job, also by another process on the same stores. Blocks like {@link #runNow}.
   *
   * @param requestKey what the sender calls the request, any text that is not empty
   * @param selection whom to call
   * @return the job, made now or before
   * @throws io.schedulerworker.model.RequestConflictException if the earlier request of that name selected others
   * @throws NoJobException if no job can be made; nothing was written
   * @throws KvStoreException if a store fails
   * @throws IllegalStateException after {@link #close}
   */
  public JobHandle runOnce(String requestKey, KpiSelection selection) {
    checkOpen();
    RequestClaim claim = jobs.startOnce(requestKey, selection);
    CompletionStage<JobRecord> settled =
        jobs.running(claim.traceId()).map(RunningJob::settled).orElseGet(() -> stored(claim));
    return new JobHandle(claim.traceId(), claim.kpiCount(), settled);
  }

  private CompletionStage<JobRecord> stored(RequestClaim claim) {
    return store
        .find(claim.traceId())
        .map(CompletableFuture::completedStage)
        .orElseThrow(() -> new KvStoreException(
            KvStoreException.Kind.UNAVAILABLE,
            "the record of " + claim.traceId() + " is gone",
            null));
  }

  /**
   * Where jobs are looked up.
   *
   * @return the records in JOBS_KV, also those of other processes
   */
  public JobStore jobs() {
    return store;
  }

  /**
   * Reads the registry anew, without making a job: to see what is wrong with it, and so that it is recent when it has to
   * stand in. Blocks up to the store timeout.
   *
   * @return the registry with its findings
   * @throws NoJobException if it is missing or no registry
   * @throws KvStoreException if its source is out of reach
   */
  public KpiRegistry refreshRegistry() {
    return jobs.refreshRegistry();
  }

  /**
   * Whether a job can be made while the registry's source is out of reach.
   *
   * @return true if a registry was read that is not older than the greatest age
   */
  public boolean hasRegistryToStandIn() {
    return jobs.hasRegistryToStandIn();
  }

  /**
   * The next fire time of all schedules.
   *
   * @return empty before {@link #start}, and if none fires again
   */
  public Optional<Instant> nextFireTime() {
    return loops.stream()
        .map(FireLoop::nextFireTime)
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private void fire(Fire fire, KpiSelection selection) {
    executor.execute(() -> startJob(fire, selection));
  }

  private void startJob(Fire fire, KpiSelection selection) {
    try {
      jobs.start(fire, selection);
    } catch (NoJobException e) {
      listener.fireSkipped(fire, e.reason().text() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      listener.fireFailed(fire, e);
    }
  }

  /**
   * Whether {@link #close} has been called.
   *
   * @return true from the moment on at which no job is started any more
   */
  public synchronized boolean isClosed() {
    return closed;
  }

  private void checkOpen() {
    if (isClosed()) {
      throw new IllegalStateException("the scheduler is closed");
    }
  }

  /**
   * Fires no more, begins no further call, waits for the calls in flight up to the shutdown grace, and writes down what
   * became of them. KPIs that were not called stay pending. May be called again. Interrupting it ends the wait.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    loops.forEach(FireLoop::close);
    dispatcher.stop();
    CompletableFuture<?>[] ends = jobs.running().stream()
        .map(job -> job.settled().toCompletableFuture())
        .toArray(CompletableFuture<?>[]::new);
    if (!await(CompletableFuture.allOf(ends), shutdownGrace)) {
      jobs.finishWithWhatIsKnown();
      await(CompletableFuture.allOf(ends), Duration.ofSeconds(5));
    }
    ownedExecutor.ifPresent(ExecutorService::shutdown);
  }

  private static boolean await(CompletableFuture<?> end, Duration most) {
    try {
      end.get(most.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      // The listener has been told of a job that could not be stored.
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
