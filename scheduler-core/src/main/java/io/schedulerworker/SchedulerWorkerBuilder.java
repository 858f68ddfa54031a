package io.schedulerworker;

import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.CallbackUrls;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.IdGenerator;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.RegistrySource;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.system.SystemClock;
import io.schedulerworker.system.SystemIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link SchedulerWorker} is made of. Not thread-safe; may build several, all alike. */
public final class SchedulerWorkerBuilder {
  /** How long records live, unless said otherwise: 90 days. */
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(90);

  /** How long the last good registry stands in for one that is out of reach, unless said otherwise: 24 hours. */
  public static final Duration DEFAULT_REGISTRY_MAX_AGE = Duration.ofHours(24);

  /** How long closing waits for calls in flight, unless said otherwise: 30 seconds. */
  public static final Duration DEFAULT_SHUTDOWN_GRACE = Duration.ofSeconds(30);

  /** What bounds the store calls of one step, unless said otherwise: 10 seconds. */
  public static final Duration DEFAULT_STORE_TIMEOUT = Duration.ofSeconds(10);

  /** How long a lease holds without a renewal, unless said otherwise: 15 seconds. */
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(15);

  /** The shortest lease: 1 second. */
  public static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  /** How long an outcome is kept while the store is away, unless said otherwise: 24 hours. */
  public static final Duration DEFAULT_STORE_PATIENCE = Duration.ofHours(24);

  final KvStore jobsKv;
  final WorkflowTrigger trigger;
  final Map<ScheduleId, Schedule> schedules = new LinkedHashMap<>();
  final List<JobListener> listeners = new ArrayList<>();
  RegistrySource registry;
  String environment = "development";
  CompletionMode completion = CompletionMode.CALLBACK;
  DispatchPolicy dispatch = DispatchPolicy.DEFAULT;
  Duration retention = DEFAULT_RETENTION;
  Duration registryMaxAge = DEFAULT_REGISTRY_MAX_AGE;
  Duration shutdownGrace = DEFAULT_SHUTDOWN_GRACE;
  Duration storeTimeout = DEFAULT_STORE_TIMEOUT;
  Duration storePatience = DEFAULT_STORE_PATIENCE;
  Duration lease = DEFAULT_LEASE;
  Duration jobTimeout = Duration.ZERO;
  boolean retryUnfinished;
  CallbackUrls callbacks = CallbackUrls.NONE;
  Delivery delivery = Delivery.AT_LEAST_ONCE;
  boolean alone;
  boolean ownRegistry;
  Clock clock = new SystemClock();
  IdGenerator ids = new SystemIds();

  @Nullable
  Executor executor;

  SchedulerWorkerBuilder(KvStore configKv, KvStore jobsKv, WorkflowTrigger trigger) {
    this.jobsKv = jobsKv;
    this.trigger = trigger;
    this.registry = deadline -> configKv.get(KpiRegistry.KEY, deadline).map(KvEntry::value);
  }

  /**
   * Adds a schedule. There is none by default.
   *
   * @param schedule when to fire
   * @return this
   * @throws IllegalArgumentException if its cron is no expression, or another schedule has its id
   */
  public SchedulerWorkerBuilder schedule(Schedule schedule) {
    CronExpression.parse(schedule.cron());
    if (schedules.putIfAbsent(schedule.id(), schedule) != null) {
      throw new IllegalArgumentException("two schedules have the id \"" + schedule.id() + "\"");
    }
    return this;
  }

  /**
   * Reads the registry from elsewhere than CONFIG_KV. Since no other process is known to read it too, each job has its
   * KPIs noted in JOBS_KV, for whoever takes it over.
   *
   * @param source asked anew for every job
   * @return this
   */
  public SchedulerWorkerBuilder registry(RegistrySource source) {
    this.registry = source;
    this.ownRegistry = true;
    return this;
  }

  /**
   * Says for how long the last good registry stands in while its source is out of reach; {@link
   * #DEFAULT_REGISTRY_MAX_AGE} by default.
   *
   * @param duration since it was read; zero means never
   * @return this
   */
  public SchedulerWorkerBuilder registryMaxAge(Duration duration) {
    this.registryMaxAge = notNegative(duration, "registryMaxAge");
    return this;
  }

  /**
   * Names the environment in records and payloads; {@code development} by default.
   *
   * @param name for example {@code production}
   * @return this
   */
  public SchedulerWorkerBuilder environment(String name) {
    this.environment = name;
    return this;
  }

  /**
   * Says how long after a job's last call the ends of its workflows are waited for; for ever by default. KPIs without one
   * are then timed out. An end that is reported later still counts.
   *
   * @param duration zero for no timeout
   * @return this
   */
  public SchedulerWorkerBuilder jobTimeout(Duration duration) {
    this.jobTimeout = notNegative(duration, "jobTimeout");
    return this;
  }

  /**
   * What becomes of a KPI whose end is not reported within {@link #jobTimeout}. Without that there is nothing to it.
   *
   * @param retry whether it is driven again first, once, under the idempotency key of its next drive: n8n loses work that it
   *     accepted when it is restarted. Default: false, it times out
   * @return this
   */
  public SchedulerWorkerBuilder retryUnfinished(boolean retry) {
    this.retryUnfinished = retry;
    return this;
  }

  /**
   * Tells workflows, in completion mode {@code CALLBACK}, where to report their ends; nowhere by default. What arrives
   * there belongs into {@link JobStore#complete(TraceId, String, int, KpiStatus, String)}.
   *
   * @param urls the addresses, for example a {@link CallbackSigner}
   * @return this
   */
  public SchedulerWorkerBuilder callbacks(CallbackUrls urls) {
    this.callbacks = urls;
    return this;
  }

  /**
   * Says what a 2xx answer means; {@link CompletionMode#CALLBACK} by default.
   *
   * @param mode the meaning
   * @return this
   */
  public SchedulerWorkerBuilder completion(CompletionMode mode) {
    this.completion = mode;
    return this;
  }

  /**
   * Says how webhooks are called; {@link DispatchPolicy#DEFAULT} by default.
   *
   * @param policy how many at a time, how often again
   * @return this
   */
  public SchedulerWorkerBuilder dispatch(DispatchPolicy policy) {
    this.dispatch = policy;
    return this;
  }

  /**
   * Says how long records live; {@link #DEFAULT_RETENTION} by default.
   *
   * @param duration from their last change on, more than zero
   * @return this
   */
  public SchedulerWorkerBuilder retention(Duration duration) {
    this.retention = positive(duration, "retention");
    return this;
  }

  /**
   * Says how long {@link SchedulerWorker#close} waits for calls in flight; {@link #DEFAULT_SHUTDOWN_GRACE} by default.
   *
   * @param duration zero or more
   * @return this
   */
  public SchedulerWorkerBuilder shutdownGrace(Duration duration) {
    this.shutdownGrace = notNegative(duration, "shutdownGrace");
    return this;
  }

  /**
   * Bounds the store calls of one step of a job, such as its creation; {@link #DEFAULT_STORE_TIMEOUT} by default.
   *
   * @param duration more than zero
   * @return this
   */
  public SchedulerWorkerBuilder storeTimeout(Duration duration) {
    this.storeTimeout = positive(duration, "storeTimeout");
    return this;
  }

  /**
   * Says how long an outcome is kept, and tried to be stored, while JOBS_KV is away; {@link #DEFAULT_STORE_PATIENCE} by
   * default. When it is over, {@link JobListener#jobNotStored} is told and the lease runs out: whoever takes the job over
   * may call KPIs without a noted outcome again, see {@link #delivery}.
   *
   * @param duration zero or more; zero means one try
   * @return this
   */
  public SchedulerWorkerBuilder storePatience(Duration duration) {
    this.storePatience = notNegative(duration, "storePatience");
    return this;
  }

  /**
   * Says how long the lease of a job holds without a renewal, which is when another process takes over the jobs of one
   * that died; {@link #DEFAULT_LEASE} by default. It is renewed three times in that time: a shorter one means a faster takeover
   * and more writes. It must be longer than any pause of the machine.
   *
   * @param duration at least {@link #SHORTEST_LEASE}; whole milliseconds count
   * @return this
   */
  public SchedulerWorkerBuilder lease(Duration duration) {
    if (duration.compareTo(SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException("lease must be at least 1 s: " + duration);
    }
    this.lease = Duration.ofMillis(duration.toMillis());
    return this;
  }

  /**
   * Says what becomes of a call whose process died before it had noted the answer; {@link Delivery#AT_LEAST_ONCE} by
   * default.
   *
   * @param promise whether it is made again
   * @return this
   */
  public SchedulerWorkerBuilder delivery(Delivery promise) {
    this.delivery = promise;
    return this;
  }

  /**
   * Says that no other process can have JOBS_KV while this one has it, as with a store in a file: what the process before
   * it left is gone on with at once. By default there may be others. If another process has it all the same, both call the
   * same webhooks.
   *
   * @return this
   */
  public SchedulerWorkerBuilder exclusiveJobsKv() {
    this.alone = true;
    return this;
  }

  /**
   * Adds somebody to tell what happens.
   *
   * @param listener told after those added before
   * @return this
   */
  public SchedulerWorkerBuilder listener(JobListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Replaces the system's time.
   *
   * @param time the clock
   * @return this
   */
  public SchedulerWorkerBuilder clock(Clock time) {
    this.clock = time;
    return this;
  }

  /**
   * Replaces the system's randomness.
   *
   * @param generator draws names
   * @return this
   */
  public SchedulerWorkerBuilder idGenerator(IdGenerator generator) {
    this.ids = generator;
    return this;
  }

  /**
   * Gives the threads for work that blocks, a few for each job at a time. By default the scheduler has its own, which
   * {@link SchedulerWorker#close} ends; those given here stay open.
   *
   * @param threads never refuses work
   * @return this
   */
  public SchedulerWorkerBuilder executor(Executor threads) {
    this.executor = threads;
    return this;
  }

  /**
   * Makes the scheduler. Calls nobody and starts nothing.
   *
   * @return a scheduler to be started and closed
   */
  public SchedulerWorker build() {
    return new SchedulerWorker(this);
  }

  private static Duration notNegative(Duration duration, String name) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + duration);
    }
    return duration;
  }

  private static Duration positive(Duration duration, String name) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be more than zero: " + duration);
    }
    return duration;
  }
}
