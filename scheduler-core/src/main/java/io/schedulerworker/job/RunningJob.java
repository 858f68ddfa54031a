package io.schedulerworker.job;

import io.schedulerworker.dispatch.Dispatcher;
import io.schedulerworker.dispatch.JobCalls;
import io.schedulerworker.dispatch.JobDispatch;
import io.schedulerworker.json.TriggerPayloadJson;
import io.schedulerworker.model.AuditLine;
import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobTrace;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.model.TriggerPayload;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.TriggerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A job whose KPIs are being called by this process. Thread-safe. */
public final class RunningJob {
  private static final Logger LOG = System.getLogger(RunningJob.class.getName());

  private final HeldLease lease;
  private final JobTrace trace;
  private final List<Kpi> kpis;
  private final Journal journal;
  private final RepeatCheck repeats;
  private final JobsKv kv;
  private final JobSettings settings;
  private final Clock clock;
  private final JobListener listener;
  private final AtomicBoolean finishing = new AtomicBoolean();
  private final AtomicReference<@Nullable JobDispatch> calls = new AtomicReference<>();
  private final AtomicReference<@Nullable String> cancelledBy = new AtomicReference<>();
  private final Queue<String> cancelled = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<JobRecord> settled = new CompletableFuture<>();

  RunningJob(
      HeldLease lease,
      List<Kpi> kpis,
      Journal journal,
      RepeatCheck repeats,
      JobsKv kv,
      JobSettings settings,
      Clock clock,
      JobListener listener) {
    this.lease = lease;
    this.trace = JobTrace.of(lease.traceId());
    this.kpis = kpis;
    this.journal = journal;
    this.repeats = repeats;
    this.kv = kv;
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    lease.whenLost(this::lost);
  }

  /**
   * The job's name.
   *
   * @return its trace id
   */
  public TraceId traceId() {
    return lease.traceId();
  }

  /**
   * How many KPIs this process has to call.
   *
   * @return 0 or more
   */
  public int kpiCount() {
    return kpis.size();
  }

  /**
   * The end of the calls.
   *
   * @return completes with the record as stored, when no KPI needs a further call or this process calls no further one;
   *     exceptionally with {@link
   *     io.schedulerworker.port.KvStoreException} if the outcome could not be stored or the lease was lost
   */
  public CompletionStage<JobRecord> settled() {
    return settled.minimalCompletionStage();
  }

  /** Notes that calls begin, and begins them. Blocks for the note. */
  void begin(Dispatcher dispatcher) {
    journal.ended().whenComplete(this::ended);
    journal.begin();
    lease.whenCancelled(this::cancel);
    JobDispatch dispatch = dispatcher.dispatch(new JobCalls(
        traceId(),
        kpis,
        settings.completion(),
        this::request,
        new JobAdmission(lease, journal, repeats, this::isCancelled),
        this::kpiSettled,
        this::kpiLeft));
    dispatch.whenDone().thenRun(this::finish);
    calls.set(dispatch);
    if (isCancelled()) {
      dispatch.abandon();
    }
  }

  private TriggerRequest request(Kpi kpi) {
    int drive = journal.job().drive(kpi.id());
    String payload = TriggerPayloadJson.write(new TriggerPayload(
        traceId(),
        kpi,
        journal.job().createdAt(),
        settings.environment(),
        settings.callbacks().of(traceId(), kpi.id(), drive)));
    IdempotencyKey key = IdempotencyKey.of(traceId(), kpi.id(), drive);
    return new TriggerRequest(
        traceId(), kpi.id(), key, kpi.webhook(), payload, trace.traceParent(key));
  }

  private void kpiSettled(KpiRun called) {
    KpiRun run = called.ofDrive(journal.job().drive(called.kpiId()));
    journal.add(run);
    listener.kpiSettled(traceId(), run);
  }

  private void kpiLeft(Kpi kpi) {
    if (isCancelled() && !lease.isOver()) {
      cancelled.add(kpi.id());
      kpiSettled(
          KpiRun.pending(kpi.id()).failed(clock.now(), KpiRun.CANCELLED, 0, KpiRun.Answer.NONE));
    }
  }

  private boolean isCancelled() {
    return cancelledBy.get() != null;
  }

  /** Calls nobody any more: who has not accepted a call has failed. Calls in flight go on to their end. Does not block. */
  void cancel(String by) {
    if (!cancelledBy.compareAndSet(null, by)) {
      return;
    }
    listener.jobCancelled(traceId(), by);
    JobDispatch dispatch = calls.get();
    if (dispatch != null) {
      dispatch.abandon();
    }
  }

  /** Writes the outcome, once. Does not block. */
  void finish() {
    if (finishing.compareAndSet(false, true)) {
      String by = cancelledBy.get();
      if (by != null) {
        journal.note(
            AuditLine.of(clock.now(), AuditLine.Action.CANCEL, by, List.copyOf(cancelled)));
      }
      journal.end();
    }
  }

  private void ended(@Nullable JobRecord job, @Nullable Throwable failure) {
    if (job != null) {
      leave(job);
    } else if (failure != null) {
      fail(failure);
    }
  }

  private void leave(JobRecord job) {
    if (job.hasPending()) {
      lease.handOver(settings.storeTimeout()).thenRun(() -> left(job, listener::jobHandedOver));
    } else if (isLeftToWorkflows(job)) {
      removePlan();
      lease.end(settings.storeTimeout()).thenRun(() -> left(job, listener::jobSettled));
    } else {
      // Whoever takes it over has nobody to call, and notes it.
      lease.handOver(settings.storeTimeout()).thenRun(() -> left(job, listener::jobSettled));
    }
  }

  private boolean isLeftToWorkflows(JobRecord job) {
    try {
      kv.leftToWorkflows(job, clock, settings);
      return true;
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.WARNING,
          "{0} could not be noted as waiting for its workflows: {1}",
          traceId(),
          e.getMessage());
      return false;
    }
  }

  private void left(JobRecord job, Consumer<JobRecord> told) {
    told.accept(job);
    settled.complete(job);
  }

  /** One that was taken over may have a plan of the process before. */
  private void removePlan() {
    if (settings.ownRegistry() || lease.epoch() > 1) {
      try {
        kv.plans().delete(traceId(), Deadline.in(settings.stepTimeout(), clock));
      } catch (KvStoreException e) {
        LOG.log(Level.DEBUG, "the plan of {0} is left to expire: {1}", traceId(), e.getMessage());
      }
    }
  }

  private void fail(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    RuntimeException known =
        cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    if (lease.isOver()) {
      listener.jobLost(traceId(), lease.epoch());
    } else {
      lease.drop();
      listener.jobNotStored(traceId(), lease.epoch(), known);
    }
    settled.completeExceptionally(known);
  }

  /** Another process has the job: what this one still learns of its calls is of no use to it. */
  private void lost() {
    journal.abandon(lease.lost());
  }
}
