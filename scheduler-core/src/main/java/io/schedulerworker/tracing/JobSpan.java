package io.schedulerworker.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.port.TriggerRequest;
import java.net.URI;
import java.time.Instant;

/**
 * A job that this process is at.
 *
 * @param tracer made its span, and makes those of its calls
 * @param span its span
 * @param epoch which owner of the job this process is, counted over all
 */
record JobSpan(Tracer tracer, Span span, int epoch) {
  /** The span of an attempt. The webhook's path stays out of it: whoever knows it can call it. */
  Span call(TriggerRequest request, Instant at) {
    URI webhook = request.webhook();
    return tracer
        .spanBuilder(SpanNames.CALL)
        .setParent(Context.root().with(span))
        .setSpanKind(SpanKind.CLIENT)
        .setStartTimestamp(at)
        .setAttribute(SpanNames.TRACE_ID, request.traceId().value())
        .setAttribute(SpanNames.KPI_ID, request.kpiId())
        .setAttribute(SpanNames.IDEMPOTENCY_KEY, request.idempotencyKey().value())
        .setAttribute(SpanNames.METHOD, "POST")
        .setAttribute(SpanNames.SCHEME, webhook.getScheme())
        .setAttribute(SpanNames.HOST, webhook.getHost())
        .setAttribute(SpanNames.PORT, (long) port(webhook))
        .startSpan();
  }

  private static int port(URI webhook) {
    int named = webhook.getPort();
    int usual = "https".equalsIgnoreCase(webhook.getScheme()) ? 443 : 80;
    return named < 0 ? usual : named;
  }

  /** Ends it with what has become of the job. */
  void end(JobRecord job, Instant at) {
    tell(span, job);
    span.end(at);
  }

  /** Ends it where this process is at the job no more, and does not know what becomes of it. */
  void end(String why, Instant at) {
    span.setStatus(StatusCode.ERROR, why);
    span.end(at);
  }

  static void tell(Span span, JobRecord job) {
    span.setAttribute(SpanNames.STATUS, job.status().text());
    boolean well = !job.status().isTerminal() || job.status() == JobStatus.COMPLETED;
    if (!well) {
      String error = job.metadata().error();
      span.setStatus(StatusCode.ERROR, error == null ? "" : error);
    }
  }
}
