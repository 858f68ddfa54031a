package io.schedulerworker.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What became of one fire of a schedule: a job, or a reason why there is none.
 *
 * @param fireTime the time the rule names, whole seconds
 * @param job the job; null if the fire was skipped
 * @param reason why it was skipped; null if there is a job
 * @param detail more on the reason, for a person; null if there is none
 * @param by the process that claimed the job, or let the fire go
 * @param late why a fire that was made up for had no turn at its time; null if it came at its time
 */
public record Fate(
    Instant fireTime,
    @Nullable TraceId job,
    @Nullable SkipReason reason,
    @Nullable String detail,
    String by,
    Owed.@Nullable Cause late) {
  private static final int DETAIL_LENGTH = 200;

  /**
   * Drops a fraction of a second, and what is too long of the detail.
   *
   * @param fireTime as above
   * @param job as above
   * @param reason as above
   * @param detail as above
   * @param by as above
   * @param late as above
   * @throws IllegalArgumentException if there are both a job and a reason, or neither
   */
  public Fate {
    if ((job == null) == (reason == null)) {
      throw new IllegalArgumentException("a fate is either a job or a reason why there is none");
    }
    fireTime = fireTime.truncatedTo(ChronoUnit.SECONDS);
    detail = detail == null ? null : Texts.line(detail, DETAIL_LENGTH);
  }

  /**
   * A fire that became a job.
   *
   * @param fireTime the time the rule names
   * @param job the job
   * @param by the process that claimed it
   * @return the fate
   */
  public static Fate job(Instant fireTime, TraceId job, String by) {
    return new Fate(fireTime, job, null, null, by, null);
  }

  /**
   * A fire that became no job.
   *
   * @param fireTime the time the rule names
   * @param reason why
   * @param detail more on it, for a person; null for nothing
   * @param by the process that let it go
   * @return the fate
   */
  public static Fate skipped(
      Instant fireTime, SkipReason reason, @Nullable String detail, String by) {
    return new Fate(fireTime, null, reason, detail, by, null);
  }

  /**
   * This fate, as that of a fire that had no turn at its time, or had.
   *
   * @param cause why; null if it had
   * @return the changed fate
   */
  public Fate late(Owed.@Nullable Cause cause) {
    return new Fate(fireTime, job, reason, detail, by, cause);
  }
}
