package io.schedulerworker.model;

/**
 * The job that a request is to lead to is being made at this moment, by another call or another process, and stands in no
 * record yet. Nothing was done. The same request a little later finds the job. If whoever was at it died with its lease,
 * it makes a new one, when a started scheduler has taken the lease over.
 */
public final class RequestUnderWayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Of a request.
   *
   * @param traceId the job that is being made
   */
  public RequestUnderWayException(TraceId traceId) {
    super(traceId + " is being made for the same idempotency key: ask again in a moment");
  }
}
