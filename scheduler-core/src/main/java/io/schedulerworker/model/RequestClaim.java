package io.schedulerworker.model;

/**
 * What a request for a job that may be sent again led to: whoever sends it again is told of the same job. Stored in
 * JOBS_KV under {@link #key(String)} for 24 hours, before the job is made.
 *
 * @param traceId the job that the request makes
 * @param kpiCount how many KPIs it calls
 * @param request a digest of what was asked for, see {@link KpiSelection#digest}
 */
public record RequestClaim(TraceId traceId, int kpiCount, String request) {
  private static final String KEY_PREFIX = "idempotency:";

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
