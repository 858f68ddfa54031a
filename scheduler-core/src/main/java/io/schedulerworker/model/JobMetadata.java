package io.schedulerworker.model;

import org.jspecify.annotations.Nullable;

/**
 * What is said of a job as a whole. Its counts are not kept here: they follow from the runs.
 *
 * @param environment for example {@code production}
 * @param fire what started it; null in a record that another program wrote
 * @param format the version of the record's format; null in a record that another program wrote
 * @param extras further fields
 */
public record JobMetadata(
    String environment, @Nullable Fire fire, @Nullable Integer format, Extras extras) {
  /** The version of the record's format that is written here. */
  public static final int FORMAT = 1;

  JobMetadata join(JobMetadata later) {
    return new JobMetadata(
        environment,
        fire != null ? fire : later.fire,
        format != null ? format : later.format,
        extras.and(later.extras));
  }
}
