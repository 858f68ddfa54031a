package io.schedulerworker.tracing;

import io.opentelemetry.api.common.AttributeKey;

/** How spans and what they say are called: OpenTelemetry's own conventions where there is one. */
final class SpanNames {
  static final String SCOPE = "io.schedulerworker";
  static final String JOB = "job";
  static final String WORKFLOWS = "workflows";
  static final String CALL = "call";

  static final AttributeKey<String> TRACE_ID = text("scheduler_worker.trace_id");
  static final AttributeKey<String> SCHEDULE = text("scheduler_worker.schedule");
  static final AttributeKey<String> FIRE_TIME = text("scheduler_worker.fire_time");
  static final AttributeKey<String> BEGUN_AS = text("scheduler_worker.begun_as");
  static final AttributeKey<String> STATUS = text("scheduler_worker.job.status");
  static final AttributeKey<Long> KPIS = AttributeKey.longKey("scheduler_worker.job.kpis");

  static final AttributeKey<String> KPI_ID = text("scheduler_worker.kpi_id");
  static final AttributeKey<String> IDEMPOTENCY_KEY = text("scheduler_worker.idempotency_key");
  static final AttributeKey<String> OUTCOME = text("scheduler_worker.outcome");
  static final AttributeKey<String> EXECUTION_ID = text("n8n.execution_id");

  static final AttributeKey<String> METHOD = text("http.request.method");
  static final AttributeKey<String> SCHEME = text("url.scheme");
  static final AttributeKey<String> HOST = text("server.address");
  static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> ERROR_TYPE = text("error.type");

  private SpanNames() {}

  private static AttributeKey<String> text(String name) {
    return AttributeKey.stringKey(name);
  }
}
