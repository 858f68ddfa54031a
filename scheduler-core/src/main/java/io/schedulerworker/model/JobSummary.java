package io.schedulerworker.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * A job without its KPIs, as lists show it; stored in JOBS_KV under {@link #key()}, beside the record, so that a list need
 * not read records.
 *
 * @param traceId the job's name
 * @param status how far the job is
 * @param createdAt the moment of creation
 * @param updatedAt the moment of the last change
 * @param counts of its KPIs
 * @param metadata of the job as a whole
 * @param progress how far its KPIs are, taken together: grows whenever one of them goes on, or is driven again
 */
public record JobSummary(
    TraceId traceId,
    JobStatus status,
    Instant createdAt,
    Instant updatedAt,
    KpiCounts counts,
    JobMetadata metadata,
    long progress) {
  /** Begins the key of every summary. */
  public static final String KEY_PREFIX = "summary:";

  /** Not by time first: the clocks of those who write may disagree. */
  private static final Comparator<JobSummary> BY_STATE = Comparator.comparingInt(
          (JobSummary job) -> job.metadata.epoch())
      .thenComparingLong(JobSummary::progress)
      .thenComparing(job -> job.status != JobStatus.PENDING)
      .thenComparing(JobSummary::updatedAt);

  /**
   * Of a record.
   *
   * @param job the record
   * @return what lists show of it
   */
  public static JobSummary of(JobRecord job) {
    return new JobSummary(
        job.traceId(),
        job.status(),
        job.createdAt(),
        job.updatedAt(),
        job.counts(),
        job.metadata().withoutAudit(),
        job.progress());
  }

  /**
   * The key under which a summary is stored.
   *
   * @param traceId the job
   * @return the key in JOBS_KV
   */
  public static String key(TraceId traceId) {
    return KEY_PREFIX + traceId;
  }

  /**
   * The key of this summary.
   *
   * @return the key in JOBS_KV
   */
  public String key() {
    return key(traceId);
  }

  /**
   * Whether this is a later state of the same job, whichever of the two was written later.
   *
   * @param other another one
   * @return false also if both are the same state
   */
  public boolean isAfter(JobSummary other) {
    return BY_STATE.compare(this, other) > 0;
  }
}
