package io.schedulerworker.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.WorkflowTrigger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes a span of each attempt, which the callee is told of, and which what the call itself is made of nests in. */
final class TracedTrigger implements WorkflowTrigger {
  private static final Logger LOG = System.getLogger(TracedTrigger.class.getName());

  private final WorkflowTrigger trigger;
  private final JobSpans jobs;
  private final Clock clock;

  TracedTrigger(WorkflowTrigger trigger, JobSpans jobs, Clock clock) {
    this.trigger = trigger;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public CompletionStage<TriggerOutcome> trigger(TriggerRequest request) {
    Instant at = clock.now();
    return jobs.find(request.traceId())
        .flatMap(job -> start(request, job, at))
        .map(span -> trigger(request, span, at))
        .orElseGet(() -> trigger.trigger(request));
  }

  /** What somebody hooked into the making of spans may break must not be taken for a call that went wrong. */
  private static Optional<Span> start(TriggerRequest request, JobSpan job, Instant at) {
    try {
      return Optional.of(job.call(request, at));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a call has no span", e);
      return Optional.empty();
    }
  }

  private CompletionStage<TriggerOutcome> trigger(TriggerRequest request, Span span, Instant at) {
    long start = clock.nanoTime();
    Scope scope = span.makeCurrent();
    try {
      CompletionStage<TriggerOutcome> stage =
          trigger.trigger(request.withTraceParent(header(span.getSpanContext())));
      // Beside the stage that is given back: what becomes of the span is nothing to the outcome.
      stage.whenComplete(
          (outcome, defect) -> end(span, outcome, at.plusNanos(clock.nanoTime() - start)));
      return stage;
    } catch (RuntimeException | Error e) {
      end(span, null, at.plusNanos(clock.nanoTime() - start));
      throw e;
    } finally {
      scope.close();
    }
  }

  private static void end(Span span, @Nullable TriggerOutcome outcome, Instant at) {
    tell(span, outcome);
    span.end(at);
  }

  private static String header(SpanContext span) {
    return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
        + span.getTraceFlags().asHex();
  }

  private static void tell(Span span, @Nullable TriggerOutcome outcome) {
    if (outcome == null) {
      span.setStatus(StatusCode.ERROR, "a defect of the adapter");
      return;
    }
    String kind = outcome.kind();
    span.setAttribute(SpanNames.OUTCOME, kind);
    Integer httpStatus = outcome.httpStatus();
    if (httpStatus != null) {
      span.setAttribute(SpanNames.HTTP_STATUS, httpStatus.longValue());
    }
    if (outcome instanceof TriggerOutcome.Accepted accepted) {
      String executionId = accepted.executionId();
      if (executionId != null) {
        span.setAttribute(SpanNames.EXECUTION_ID, executionId);
      }
    } else {
      span.setAttribute(SpanNames.ERROR_TYPE, kind);
      span.setStatus(StatusCode.ERROR, outcome.reason());
    }
  }

  @Override
  public void close() {
    trigger.close();
  }
}
