package io.schedulerworker.port;

import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.TraceId;
import java.net.URI;

/**
 * One workflow to start.
 *
 * @param traceId the job
 * @param kpiId the KPI
 * @param idempotencyKey the same on every attempt
 * @param webhook where, an absolute http or https URL with a host
 * @param payload the JSON to send, the same on every attempt
 */
public record TriggerRequest(
    TraceId traceId, String kpiId, IdempotencyKey idempotencyKey, URI webhook, String payload) {}
