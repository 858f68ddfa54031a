package io.schedulerworker.job;

import io.schedulerworker.dispatch.Dispatcher;
import io.schedulerworker.dispatch.JobCalls;
import io.schedulerworker.job.JobRecords.Stored;
import io.schedulerworker.json.TriggerPayloadJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.model.TriggerPayload;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A job whose KPIs are being called. Thread-safe. */
public final class RunningJob {
  private static final Logger LOG = System.getLogger(RunningJob.class.getName());
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final int MOST_WRITES = 6;

  private final List<Kpi> kpis;
  private final JobRecords records;
  private final JobSettings settings;
  private final Clock clock;
  private final JobListener listener;
  private final Executor executor;
  private final TraceId traceId;
  private final Queue<KpiRun> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean finishing = new AtomicBoolean();
  private final CompletableFuture<JobRecord> settled = new CompletableFuture<>();
  private volatile Stored stored;

  RunningJob(
      Stored stored,
      List<Kpi> kpis,
      JobRecords records,
      JobSettings settings,
      Clock clock,
      JobListener listener,
      Executor executor) {
    this.stored = stored;
    this.traceId = stored.job().traceId();
    this.kpis = kpis;
    this.records = records;
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    this.executor = executor;
  }

  /**
   * The job's name.
   *
   * @return its trace id
   */
  public TraceId traceId() {
    return traceId;
  }

  /**
   * How many KPIs it calls.
   *
   * @return at least 1
   */
  public int kpiCount() {
    return kpis.size();
  }

  /**
   * The end of the calls.
   *
   * @return completes with the record as stored, when no KPI needs a further call; exceptionally with {@link
   *     KvStoreException} if the outcome could not be stored
   */
  public CompletionStage<JobRecord> settled() {
    return settled.minimalCompletionStage();
  }

  void begin(Dispatcher dispatcher) {
    noteBegun();
    dispatcher
        .dispatch(
            new JobCalls(traceId, kpis, settings.completion(), this::payload, this::kpiSettled))
        .thenRun(this::finish);
  }

  /** The record lags behind if this fails; the write of the outcome makes up for it. */
  private void noteBegun() {
    try {
      write(stored.job().begun(clock.now()));
    } catch (KvStoreException e) {
      LOG.log(
          Level.WARNING, "{0} could not be marked as in progress: {1}", traceId, e.getMessage());
    }
  }

  private String payload(Kpi kpi) {
    return TriggerPayloadJson.write(
        new TriggerPayload(traceId, kpi, stored.job().createdAt(), settings.environment()));
  }

  private void kpiSettled(KpiRun run) {
    outcomes.add(run);
    listener.kpiSettled(traceId, run);
  }

  /** Writes the outcome, once. */
  void finish() {
    if (finishing.compareAndSet(false, true)) {
      executor.execute(() -> store(1));
    }
  }

  private void store(int attempt) {
    try {
      JobRecord job = write(stored.job().with(List.copyOf(outcomes), clock.now()));
      listener.jobSettled(job);
      settled.complete(job);
    } catch (KvStoreException e) {
      if (e.kind() == KvStoreException.Kind.REJECTED || attempt == MOST_WRITES) {
        fail(e);
      } else {
        Duration wait = FIRST_WAIT.multipliedBy(1L << (attempt - 1));
        clock.after(wait, () -> executor.execute(() -> store(attempt + 1)));
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(RuntimeException e) {
    listener.jobNotStored(traceId, e);
    settled.completeExceptionally(e);
  }

  /** Writes a later state; a record that somebody deleted stays deleted. */
  private JobRecord write(JobRecord later) {
    Deadline deadline = Deadline.in(settings.storeTimeout(), clock);
    Optional<Stored> written = records.update(stored, later, deadline);
    stored = written.orElse(new Stored(later, stored.version()));
    return stored.job();
  }
}
