package io.schedulerworker.port;

import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.JobTrace;
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
 * @param traceParent what the call is a part of, as the header of the W3C's Trace Context says it
 */
public record TriggerRequest(
    TraceId traceId,
    String kpiId,
    IdempotencyKey idempotencyKey,
    URI webhook,
    String payload,
    String traceParent) {
  /**
   * A call in the trace of its job.
   *
   * @param traceId as above
   * @param kpiId as above
   * @param idempotencyKey as above
   * @param webhook as above
   * @param payload as above
   */
  public TriggerRequest(
      TraceId traceId, String kpiId, IdempotencyKey idempotencyKey, URI webhook, String payload) {
    this(
        traceId,
        kpiId,
        idempotencyKey,
        webhook,
        payload,
        JobTrace.of(traceId).traceParent(idempotencyKey));
  }

  /**
   * The same call as a part of something else.
   *
   * @param parent of what, as the header of the W3C's Trace Context says it
   * @return the call with it
   */
  public TriggerRequest withTraceParent(String parent) {
    return new TriggerRequest(traceId, kpiId, idempotencyKey, webhook, payload, parent);
  }
}
