package io.schedulerworker.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A step of a job, stored in JOBS_KV beside its record: what the record will say once the steps are joined into it. Steps
 * are appended, never changed, so that noting one outcome of many costs one small write.
 *
 * @param epoch of the lease under which it was written; {@link #OF_ANYBODY} for a completion, which needs no lease
 * @param runs KPIs that are further on; copied
 * @param intents KPIs that are about to be called, with delivery at most once; copied
 * @param audit what somebody did to the job by hand; copied
 */
public record Step(int epoch, List<KpiRun> runs, List<String> intents, List<AuditLine> audit) {
  /** The epoch of what anybody may write: no owner fences it. */
  public static final int OF_ANYBODY = 0;

  /** Begins the key of every step. */
  public static final String KEY_PREFIX = "progress:";

  private static final int TRACE_ID_LENGTH = "trace_20250814_120000_abc12345".length();

  /**
   * Copies the lists.
   *
   * @param epoch as above
   * @param runs as above
   * @param intents as above
   * @param audit as above
   */
  public Step {
    runs = List.copyOf(runs);
    intents = List.copyOf(intents);
    audit = List.copyOf(audit);
  }

  /**
   * A step of which nobody did anything by hand.
   *
   * @param epoch as above
   * @param runs as above
   * @param intents as above
   */
  public Step(int epoch, List<KpiRun> runs, List<String> intents) {
    this(epoch, runs, intents, List.of());
  }

  /**
   * Begins the key of every step of a job.
   *
   * @param traceId the job
   * @return the beginning of keys in JOBS_KV
   */
  public static String prefix(TraceId traceId) {
    return KEY_PREFIX + traceId + ":";
  }

  /**
   * The key of a step that an owner writes; keys sort in the order of writing.
   *
   * @param traceId the job
   * @param epoch of the owner's lease
   * @param number 0 for the first step of the epoch
   * @return the key in JOBS_KV
   */
  public static String key(TraceId traceId, int epoch, int number) {
    return prefix(traceId) + String.format(Locale.ROOT, "%06d:%08d", epoch, number);
  }

  /**
   * The key of a KPI's completion: one for each drive of each KPI, so that the first is the only one.
   *
   * @param traceId the job
   * @param kpiId the KPI, any text
   * @param drive 0 for the first, and then how often the KPI was driven again by hand
   * @return the key in JOBS_KV
   */
  public static String completionKey(TraceId traceId, String kpiId, int drive) {
    String first = prefix(traceId) + "kpi:" + Sha256.hex(kpiId);
    return drive == 0 ? first : first + ":" + drive;
  }

  /**
   * The key of what ran out of time: one for each owner of a job, so that it is settled once, by whichever process.
   *
   * @param traceId the job
   * @param epoch of the record
   * @return the key in JOBS_KV
   */
  public static String timeoutKey(TraceId traceId, int epoch) {
    return prefix(traceId) + String.format(Locale.ROOT, "timeout:%06d", epoch);
  }

  /**
   * Whose step a key holds.
   *
   * @param key a key with the prefix
   * @return the job; empty if the key has another shape
   */
  public static Optional<TraceId> traceId(String key) {
    int end = KEY_PREFIX.length() + TRACE_ID_LENGTH;
    try {
      return key.length() > end && key.charAt(end) == ':'
          ? Optional.of(new TraceId(key.substring(KEY_PREFIX.length(), end)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether it counts for a record: an owner that slept while another took over writes in vain.
   *
   * @param job the record
   * @return false if it was written under an earlier lease than the record
   */
  public boolean countsFor(JobRecord job) {
    return epoch == OF_ANYBODY || epoch >= job.metadata().epoch();
  }
}
