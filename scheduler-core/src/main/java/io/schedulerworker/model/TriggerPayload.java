package io.schedulerworker.model;

import java.time.Instant;

/**
 * What a workflow is told when it is started.
 *
 * @param traceId the job
 * @param kpi the KPI to collect
 * @param timestamp the job's {@code createdAt}
 * @param environment for example {@code production}
 */
public record TriggerPayload(TraceId traceId, Kpi kpi, Instant timestamp, String environment) {}
