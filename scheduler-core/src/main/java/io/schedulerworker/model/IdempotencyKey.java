package io.schedulerworker.model;

/**
 * Lets the receiver of a webhook call recognise a repeat: the same on every attempt of one KPI of one job.
 *
 * <p>Safe in a header: trace id, colon, and the KPI id percent-encoded as UTF-8.
 *
 * @param value the key's text, ASCII without blanks
 */
public record IdempotencyKey(String value) {
  /**
   * The key of a KPI's first drive.
   *
   * @param traceId the job
   * @param kpiId the KPI, any text
   * @return the key
   */
  public static IdempotencyKey of(TraceId traceId, String kpiId) {
    return new IdempotencyKey(traceId + ":" + PercentEncoding.encode(kpiId));
  }

  @Override
  public String toString() {
    return value;
  }
}
