package io.schedulerworker.model;

import org.jspecify.annotations.Nullable;

/**
 * What is said of a job as a whole. Its counts are not kept here: they follow from the runs.
 *
 * @param environment for example {@code production}
 * @param fire what started it; null in a record that another program wrote
 * @param format the version of the record's format; null in a record that another program wrote
 * @param epoch of the lease under which the record was last written, 0 if that was never taken over
 * @param error why the job could not be begun; null unless it has no KPIs for that reason
 * @param extras further fields
 */
public record JobMetadata(
    String environment,
    @Nullable Fire fire,
    @Nullable Integer format,
    int epoch,
    @Nullable String error,
    Extras extras) {
  /** The version of the record's format that is written here. */
  public static final int FORMAT = 1;

  JobMetadata join(JobMetadata later) {
    return new JobMetadata(
        environment,
        fire != null ? fire : later.fire,
        format != null ? format : later.format,
        Math.max(epoch, later.epoch),
        error != null ? error : later.error,
        extras.and(later.extras));
  }

  JobMetadata withEpoch(int next) {
    return new JobMetadata(environment, fire, format, Math.max(epoch, next), error, extras);
  }
}
