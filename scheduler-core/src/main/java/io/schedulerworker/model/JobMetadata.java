package io.schedulerworker.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a job as a whole. Its counts are not kept here: they follow from the runs.
 *
 * @param environment for example {@code production}
 * @param fire what started it; null in a record that another program wrote
 * @param format the version of the record's format; null in a record that another program wrote
 * @param epoch of the lease under which the record was last written, 0 if that was never taken over
 * @param error why the job could not be begun; null unless it has no KPIs for that reason
 * @param audit what was done to the job by hand, the earliest first; copied
 * @param extras further fields
 */
public record JobMetadata(
    String environment,
    @Nullable Fire fire,
    @Nullable Integer format,
    int epoch,
    @Nullable String error,
    List<AuditLine> audit,
    Extras extras) {
  /** The version of the record's format that is written here. */
  public static final int FORMAT = 1;

  /**
   * Copies the audit.
   *
   * @param environment as above
   * @param fire as above
   * @param format as above
   * @param epoch as above
   * @param error as above
   * @param audit as above
   * @param extras as above
   */
  public JobMetadata {
    audit = List.copyOf(audit);
  }

  /** Of a new job. */
  static JobMetadata begin(String environment, Fire fire, @Nullable String error) {
    return new JobMetadata(environment, fire, FORMAT, 0, error, List.of(), Extras.NONE);
  }

  JobMetadata join(JobMetadata later) {
    return new JobMetadata(
        environment,
        fire != null ? fire : later.fire,
        format != null ? format : later.format,
        Math.max(epoch, later.epoch),
        error != null ? error : later.error,
        AuditLine.join(audit, later.audit),
        extras.and(later.extras));
  }

  JobMetadata withEpoch(int next) {
    return new JobMetadata(environment, fire, format, Math.max(epoch, next), error, audit, extras);
  }

  /** For lists: an audit can be long. */
  JobMetadata withoutAudit() {
    return new JobMetadata(environment, fire, format, epoch, error, List.of(), extras);
  }

  JobMetadata withAudit(List<AuditLine> further) {
    return new JobMetadata(
        environment, fire, format, epoch, error, AuditLine.join(audit, further), extras);
  }
}
