package io.schedulerworker.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow is told when it is started.
 *
 * @param traceId the job
 * @param kpi the KPI to collect
 * @param timestamp the job's {@code createdAt}
 * @param environment for example {@code production}
 * @param callbackUrl where the workflow reports its end; null if nobody listens there
 */
public record TriggerPayload(
    TraceId traceId,
    Kpi kpi,
    Instant timestamp,
    String environment,
    @Nullable String callbackUrl) {}
