package io.schedulerworker;

import io.schedulerworker.dispatch.Dispatcher;
import io.schedulerworker.job.BoundedCalls;
import io.schedulerworker.job.JobOfRequest;
import io.schedulerworker.job.JobSettings;
import io.schedulerworker.job.Jobs;
import io.schedulerworker.job.RunningJob;
import io.schedulerworker.job.RunningJobs;
import io.schedulerworker.job.StepSweep;
import io.schedulerworker.job.SummarySweep;
import io.schedulerworker.job.Takeovers;
import io.schedulerworker.job.WaitingJobs;
import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.HostState;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.CallbackUrls;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.schedule.ClockWatch;
import io.schedulerworker.schedule.Ledgers;
import io.schedulerworker.schedule.ScheduleLoop;
import io.schedulerworker.system.SystemThreads;
import io.schedulerworker.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

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
  /** After the grace, for writing down what is known. */
  private static final Duration LAST_WRITES = Duration.ofSeconds(5);

  private final Jobs jobs;
  private final JobStore store;
  private final ScheduleStore schedules;
  private final Dispatcher dispatcher;
  private final List<ScheduleLoop> loops;
  private final ClockWatch clocks;
  private final Takeovers takeovers;
  private final StepSweep sweep;
  private final SummarySweep summaries;
  private final WaitingJobs waiting;
  private final Clock clock;
  private final Duration shutdownGrace;
  private final Optional<ExecutorService> ownedExecutor;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private boolean started;
  private boolean closed;

  SchedulerWorker(SchedulerWorkerBuilder from) {
    this.clock = from.clock;
    this.shutdownGrace = from.shutdownGrace;
    this.ownedExecutor =
        from.executor == null ? Optional.of(SystemThreads.newExecutor()) : Optional.empty();
    Executor executor = from.executor == null ? ownedExecutor.orElseThrow() : from.executor;
    Tracing tracing = Tracing.around(from.trigger, clock);
    JobListener listener = new GuardedListener(
        Stream.concat(tracing.listeners().stream(), from.listeners.stream()).toList());
    JobSettings settings = settings(from);
    KvStore jobsKv = new BoundedCalls(from.jobsKv, clock, from.storeTimeout);
    this.dispatcher = new Dispatcher(tracing.trigger(), clock, from.dispatch, listener);
    this.jobs =
        new Jobs(from.registry, jobsKv, dispatcher, settings, clock, from.ids, listener, executor);
    this.schedules = new ScheduleStore(from.jobsKv, clock, from.storeTimeout);
    this.clocks = new ClockWatch(
        jobsKv,
        settings.owner(),
        listener,
        clock,
        settings.stepTimeout(),
        executor,
        from.alone || from.schedules.isEmpty());
    Ledgers ledgers =
        new Ledgers(jobsKv, from.schedules, jobs::underWay, settings.owner(), clock, clocks);
    this.loops = from.schedules.values().stream()
        .map(schedule -> new ScheduleLoop(
            schedule, ledgers, jobs, listener, clock, clocks, settings.stepTimeout(), executor))
        .toList();
    this.takeovers = jobs.takeovers(ledgers, from.alone);
    this.sweep = jobs.sweep();
    this.summaries = jobs.summarySweep();
    this.waiting = jobs.waiting(() -> clocks.problem().isEmpty());
    this.store = new JobStore(from.jobsKv, clock, from.storeTimeout, steered());
  }

  private JobStore.Steered steered() {
    return new JobStore.Steered() {
      @Override
      public void reported(TraceId traceId) {
        waiting.reported(traceId);
      }

      @Override
      public void cancelled(TraceId traceId, String by) {
        jobs.running().cancel(traceId, by);
      }
    };
  }

  private static JobSettings settings(SchedulerWorkerBuilder from) {
    return new JobSettings(
        from.environment,
        from.completion,
        from.delivery,
        from.retention,
        from.registryMaxAge,
        from.storeTimeout,
        from.storePatience,
        from.lease,
        from.ids.ownerId(),
        from.jobTimeout,
        from.retryUnfinished,
        from.completion == CompletionMode.CALLBACK ? from.callbacks : CallbackUrls.NONE,
        from.ownRegistry);
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
   * Begins to fire the schedules, each from where its ledger in JOBS_KV ends, and to go on with what other processes, or
   * earlier starts of this one, left behind. Waits for nothing, also not for the store.
   *
   * @throws IllegalStateException if called again, or after {@link #close}
   */
  public synchronized void start() {
    if (started || closed) {
      throw new IllegalStateException("a scheduler starts once, before it is closed");
    }
    started = true;
    clocks.start();
    loops.forEach(ScheduleLoop::start);
    takeovers.start();
    sweep.start();
    summaries.start();
    waiting.start();
  }

  /**
   * Makes a job now, whether or not the scheduler is started. Blocks while the stores are read and written, up to the
   * store timeout; the webhooks are called after it returns.
   *
   * @param selection whom to call
   * @return the job on its way
   * @throws NoJobException if no job can be made: the registry is missing or no registry, no KPI is active, or one asked
   *     for is not among the active ones. Nothing was written
   * @throws KvStoreException if a store fails. Where it {@linkplain KvStoreException#mayHaveHappened may have happened}, the
   *     job may have been made and is then gone on with after its lease: do not call this again for it, use {@link
   *     #runOnce}
   * @throws IllegalStateException after {@link #close}
   */
  public JobHandle runNow(KpiSelection selection) {
    checkOpen();
    RunningJob job = jobs.start(selection);
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
   * @throws io.schedulerworker.model.RequestUnderWayException if another call or process is just making the job: send the
   *     same request key again in a moment
   * @throws NoJobException if no job can be made; nothing was written
   * @throws KvStoreException if a store fails; send the same request key again to find out what became of it
   * @throws IllegalStateException after {@link #close}
   */
  public JobHandle runOnce(String requestKey, KpiSelection selection) {
    checkOpen();
    JobOfRequest job = jobs.startOnce(requestKey, selection);
    return new JobHandle(job.claim().traceId(), job.claim().kpiCount(), job.settled());
  }

  /**
   * Drives KPIs of a job again whose calls are over, whichever process made it: in the same job, each as its next drive, with
   * an idempotency key of its own. Blocks like {@link #runNow}.
   *
   * @param traceId the job
   * @param kpiIds whom to call, each failed, timed out, accepted and not reported as ended, or left pending by whoever had the
   *     job; none: all that failed or timed out
   * @param by who asks, for the record, for example a person's name
   * @return the job on its way, with the number of KPIs that are driven again
   * @throws io.schedulerworker.model.JobRefusedException if there is no such job, its KPIs are being called, or one that is
   *     named cannot be driven again; nothing was changed
   * @throws NoJobException if there is no registry to say where to call; nothing was changed
   * @throws io.schedulerworker.model.FormatException if what is stored is no job record
   * @throws KvStoreException if a store fails: where it {@linkplain KvStoreException#mayHaveHappened may have happened}, the
   *     job is gone on with after its lease
   * @throws IllegalStateException after {@link #close}
   */
  public JobHandle retry(TraceId traceId, Collection<String> kpiIds, String by) {
    checkOpen();
    RunningJob job = jobs.retry(traceId, kpiIds, by);
    return new JobHandle(job.traceId(), job.kpiCount(), job.settled());
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
   * Where schedules are looked up, paused and resumed.
   *
   * @return the schedules in JOBS_KV, also those of other processes
   */
  public ScheduleStore schedules() {
    return schedules;
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
   * @return empty before {@link #start}, and if none fires again; of paused ones there is none
   */
  public Optional<Instant> nextFireTime() {
    return loops.stream()
        .map(ScheduleLoop::nextFireTime)
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /**
   * When each schedule fires next. A time that has passed is that of a fire which has no fate yet, as far as is known
   * here.
   *
   * @return those of which {@link #nextFireTime} is the first; a copy
   */
  public Map<ScheduleId, Instant> nextFireTimes() {
    Map<ScheduleId, Instant> times = new HashMap<>();
    loops.forEach(
        loop -> loop.nextFireTime().ifPresent(time -> times.put(loop.scheduleId(), time)));
    return times;
  }

  /**
   * How the calls to each host stand. What is said of one host is of one moment; it waits for nothing.
   *
   * @return an element for each host that this process ever had a call for, in no order; a copy
   */
  public List<HostState> hosts() {
    return dispatcher.hosts();
  }

  /**
   * Whether the wall clock of this process is too far off from those of others, or from the times in JOBS_KV, for it to
   * fire what it should.
   *
   * @return one line for a person; empty if all is well
   */
  public Optional<String> clockProblem() {
    return clocks.problem();
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
   * Fires no more, begins no further call, lets the calls in flight end within the shutdown grace, writes down what became
   * of them, and hands over what is left: another process goes on with it at once, or this one when it is started again.
   * May be called again. Does not block.
   *
   * @return completes, never exceptionally, when that is done, or has failed, or the grace and five seconds are over
   */
  public CompletionStage<Void> stop() {
    if (beginStop()) {
      CompletionStage<Void> left = clocks.close();
      jobs.close()
          .thenCompose(nothing -> ends())
          .thenCompose(nothing -> left)
          .whenComplete((all, failure) -> stopped.complete(null));
      boundStop();
    }
    return stopped.minimalCompletionStage();
  }

  private void boundStop() {
    RunningJobs running = jobs.running();
    if (shutdownGrace.isZero()) {
      running.finishWithWhatIsKnown();
    }
    if (!stopped.isDone()) {
      Clock.Timer grace = clock.after(shutdownGrace, running::finishWithWhatIsKnown);
      Clock.Timer last = clock.after(shutdownGrace.plus(LAST_WRITES), () -> stopped.complete(null));
      stopped.minimalCompletionStage().thenRun(grace::cancel).thenRun(last::cancel);
    }
  }

  private synchronized boolean beginStop() {
    if (closed) {
      return false;
    }
    closed = true;
    loops.forEach(ScheduleLoop::close);
    jobs.close();
    takeovers.close();
    sweep.close();
    summaries.close();
    waiting.close();
    dispatcher.stop();
    return true;
  }

  /** Those that are at none of their jobs any more may still be telling so. */
  private CompletionStage<Void> ends() {
    return CompletableFuture.allOf(jobs.running().all().stream()
        .map(job -> job.settled().toCompletableFuture())
        .toArray(CompletableFuture<?>[]::new));
  }

  /** Stops as {@link #stop} does, and waits for it. Interrupting it ends the wait. */
  @Override
  public void close() {
    try {
      stop().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("stopping never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ownedExecutor.ifPresent(ExecutorService::shutdown);
    }
  }
}
