package io.schedulerworker.model;

/**
 * Lets the receiver of a webhook call recognise a repeat: the same on every attempt of one drive of one KPI of one job.
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

  /**
   * The key of one of a KPI's drives.
   *
   * @param traceId the job
   * @param kpiId the KPI, any text
   * @param drive 0 for the first, and then how often it was driven again by hand
   * @return the key of the first drive, with {@code :} and the drive's number after it if that is above 0
   */
  public static IdempotencyKey of(TraceId traceId, String kpiId, int drive) {
    IdempotencyKey first = of(traceId, kpiId);
    return drive == 0 ? first : new IdempotencyKey(first + ":" + drive);
  }

  @Override
  public String toString() {
    return value;
  }
}
