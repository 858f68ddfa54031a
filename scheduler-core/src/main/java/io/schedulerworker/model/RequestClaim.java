package io.schedulerworker.model;

/**
 * What a request for a job that may be sent again led to: whoever sends it again is told of the same job. Stored in
 * JOBS_KV under {@link #key(String)} for 24 hours, before the job is made.
 *
 * @param traceId the job that the request makes
 * @param kpiCount how many KPIs it calls
 * @param request a digest of what was asked for, see {@link KpiSelection#digest}
 * @param begun whether the job is known to have been made: if its record is missing then, it was deleted, or is expired
 */
public record RequestClaim(TraceId traceId, int kpiCount, String request, boolean begun) {
  private static final String KEY_PREFIX = "idempotency:";

  /**
   * A claim whose job is yet to be made.
   *
   * @param traceId as above
   * @param kpiCount as above
   * @param request as above
   */
  public RequestClaim(TraceId traceId, int kpiCount, String request) {
    this(traceId, kpiCount, request, false);
  }

  /**
   * This claim when its job was made.
   *
   * @return a claim that leads to the job for good
   */
  public RequestClaim asBegun() {
    return new RequestClaim(traceId, kpiCount, request, true);
  }

  /**
   * The key under which the claim of a request stands.
   *
   * @param requestKey what the sender calls the request, any text
   * @return the key in JOBS_KV: a digest, since the text may be long or private
   */
  public static String key(String requestKey) {
    return KEY_PREFIX + Sha256.hex(requestKey);
  }
}
