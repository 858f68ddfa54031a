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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each attempt, which the callee is told of, and which what the call itself is made of nests in. What goes
 * wrong with spans is never taken for a call that went wrong.
 */
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
    return jobs.find(request.traceId())
        .flatMap(job -> start(request, job))
        .map(call -> call.make(request))
        .orElseGet(() -> trigger.trigger(request));
  }

  private Optional<Call> start(TriggerRequest request, JobSpan job) {
    try {
      Instant at = clock.now();
      Span span = job.call(request, at);
      return Optional.of(new Call(span, header(span.getSpanContext()), at, clock.nanoTime()));
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "a call has no span", e);
      return Optional.empty();
    }
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

  /** An attempt whose span has begun. */
  private final class Call {
    private final Span span;
    private final String traceParent;
    private final Instant at;
    private final long start;

    Call(Span span, String traceParent, Instant at, long start) {
      this.span = span;
      this.traceParent = traceParent;
      this.at = at;
      this.start = start;
    }

    CompletionStage<TriggerOutcome> make(TriggerRequest request) {
      CompletableFuture<TriggerOutcome> told = new CompletableFuture<>();
      Scope scope = span.makeCurrent();
      try {
        trigger.trigger(request.withTraceParent(traceParent)).whenComplete((outcome, defect) -> {
          // Before anybody hears of the outcome and goes on with it.
          end(outcome);
          if (outcome != null) {
            told.complete(outcome);
          } else {
            told.completeExceptionally(
                defect == null ? new NullPointerException("no outcome") : defect);
          }
        });
      } catch (RuntimeException | Error e) {
        end(null);
        throw e;
      } finally {
        scope.close();
      }
      return told;
    }

    private void end(@Nullable TriggerOutcome outcome) {
      try {
        tell(span, outcome);
        span.end(at.plusNanos(clock.nanoTime() - start));
      } catch (RuntimeException | LinkageError e) {
        LOG.log(Level.WARNING, "a span has no end", e);
      }
    }
  }
}
