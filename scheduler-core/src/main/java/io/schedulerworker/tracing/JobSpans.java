package io.schedulerworker.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobTrace;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A span for each time that this process is at a job, and one for the time until its workflows have ended. All spans of a
 * job are in the trace that its calls have always named, whichever process made them: below a root that nobody has, since
 * no process has a job from its beginning to its end. Thread-safe.
 */
final class JobSpans implements JobListener {
  private final Clock clock;
  private final Map<TraceId, JobSpan> open = new ConcurrentHashMap<>();

  JobSpans(Clock clock) {
    this.clock = clock;
  }

  /** The span of a job that this process is at, if somebody makes something of spans. */
  Optional<JobSpan> find(TraceId traceId) {
    return Optional.ofNullable(open.get(traceId));
  }

  @Override
  public void jobCreated(JobRecord job) {
    begin(job, "created", job.kpis().size());
  }

  @Override
  public void jobTakenOver(JobRecord job, int pending) {
    begin(job, "taken over", pending);
  }

  @Override
  public void jobRetried(JobRecord job, int kpis, String by) {
    begin(job, "retried", kpis);
  }

  @Override
  public void jobCancelled(TraceId traceId, String by) {
    find(traceId).ifPresent(job -> job.span().addEvent("cancelled", clock.now()));
  }

  @Override
  public void jobSettled(JobRecord job) {
    end(job);
  }

  @Override
  public void jobHandedOver(JobRecord job) {
    end(job);
  }

  @Override
  public void jobLost(TraceId traceId, int epoch) {
    end(traceId, epoch, span -> span.end("another process has taken it over", clock.now()));
  }

  @Override
  public void jobNotStored(TraceId traceId, int epoch, Exception failure) {
    end(traceId, epoch, span -> span.end("its outcome could not be stored", clock.now()));
  }

  @Override
  public void jobEnded(JobRecord job) {
    Span span = builder(tracer(), SpanNames.WORKFLOWS, job, lastAccepted(job)).startSpan();
    JobSpan.tell(span, job);
    span.end(lastReported(job));
  }

  private void begin(JobRecord job, String as, int kpis) {
    Tracer tracer = tracer();
    SpanBuilder builder = builder(tracer, SpanNames.JOB, job, clock.now())
        .setAttribute(SpanNames.BEGUN_AS, as)
        .setAttribute(SpanNames.KPIS, (long) kpis);
    SpanContext asker = Span.current().getSpanContext();
    if (asker.isValid()) {
      builder.addLink(asker);
    }
    Span span = builder.startSpan();
    if (isMade(span, job)) {
      JobSpan begun = new JobSpan(tracer, span, job.metadata().epoch());
      Optional.ofNullable(open.put(job.traceId(), begun))
          .ifPresent(before -> before.end("it was begun anew", clock.now()));
    }
  }

  /** One that nobody keeps counts: its calls have to say so. Without an SDK there is the root and nothing else. */
  private static boolean isMade(Span span, JobRecord job) {
    SpanContext made = span.getSpanContext();
    return made.isValid() && !made.getSpanId().equals(JobTrace.of(job.traceId()).rootId());
  }

  private void end(JobRecord job) {
    end(job.traceId(), job.metadata().epoch(), span -> span.end(job, clock.now()));
  }

  /** Where this process has the job again already, what is told of the time before ends nothing. */
  private void end(TraceId traceId, int epoch, Consumer<JobSpan> how) {
    find(traceId)
        .filter(span -> span.epoch() <= epoch)
        .filter(span -> open.remove(traceId, span))
        .ifPresent(how);
  }

  /** Asked for each time: whoever uses spans may set them up after the scheduler. */
  private static Tracer tracer() {
    return GlobalOpenTelemetry.getOrNoop().getTracer(SpanNames.SCOPE);
  }

  private static SpanBuilder builder(Tracer tracer, String name, JobRecord job, Instant at) {
    SpanBuilder builder = tracer
        .spanBuilder(name)
        .setParent(Context.root().with(root(job.traceId())))
        .setStartTimestamp(at)
        .setAttribute(SpanNames.TRACE_ID, job.traceId().value());
    Fire fire = job.metadata().fire();
    if (fire != null && !fire.isManual()) {
      builder.setAttribute(SpanNames.SCHEDULE, fire.schedule().toString());
      builder.setAttribute(SpanNames.FIRE_TIME, String.valueOf(fire.fireTime()));
    }
    return builder;
  }

  private static Span root(TraceId traceId) {
    JobTrace trace = JobTrace.of(traceId);
    return Span.wrap(SpanContext.createFromRemoteParent(
        trace.id(), trace.rootId(), TraceFlags.getSampled(), TraceState.getDefault()));
  }

  private static Instant lastAccepted(JobRecord job) {
    return last(job, KpiRun::triggeredAt, job.createdAt());
  }

  /** By the records, whose times another process may have written, and not by when this one noticed. */
  private static Instant lastReported(JobRecord job) {
    Instant accepted = lastAccepted(job);
    Instant reported = last(job, KpiRun::completedAt, accepted);
    return reported.isBefore(accepted) ? accepted : reported;
  }

  private static Instant last(
      JobRecord job, Function<KpiRun, @Nullable Instant> time, Instant otherwise) {
    return job.kpis().values().stream()
        .map(time)
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .orElse(otherwise);
  }
}
