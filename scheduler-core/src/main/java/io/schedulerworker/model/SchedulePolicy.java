package io.schedulerworker.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a schedule's fires where something stands in their way.
 *
 * @param catchUp which of the fires that were missed are made up for
 * @param catchUpWindow how long ago a missed fire may be and yet be made up for, more than zero
 * @param catchUpHours the only hours of the day, in the schedule's zone, in which one is made up for; null for any
 * @param catchUpSpread up to how long each waits, by a hash of schedule and fire time, after the one before it or after it
 *     was put off; zero for not at all
 * @param afterPause which of the fires of a pause are made up for after it
 * @param jitter up to how long after its time a fire comes, by a hash of schedule and fire time; zero for at once
 * @param overlap what becomes of a fire while a job of the schedule is going on
 */
public record SchedulePolicy(
    CatchUp catchUp,
    Duration catchUpWindow,
    @Nullable HoursOfDay catchUpHours,
    Duration catchUpSpread,
    CatchUp afterPause,
    Duration jitter,
    Overlap overlap) {

  /** How long ago a missed fire may be, unless said otherwise. */
  public static final Duration DEFAULT_CATCH_UP_WINDOW = Duration.ofHours(24);

  /** The newest missed fire of the last 24 hours is made up for, none of a pause; jobs may overlap. */
  public static final SchedulePolicy DEFAULT = new SchedulePolicy(
      CatchUp.ONCE,
      DEFAULT_CATCH_UP_WINDOW,
      null,
      Duration.ZERO,
      CatchUp.NONE,
      Duration.ZERO,
      Overlap.ALLOW);

  /**
   * Checks the durations.
   *
   * @param catchUp as above
   * @param catchUpWindow as above
   * @param catchUpHours as above
   * @param catchUpSpread as above
   * @param afterPause as above
   * @param jitter as above
   * @param overlap as above
   * @throws IllegalArgumentException if the window is not more than zero, or another duration is negative
   */
  public SchedulePolicy {
    if (catchUpWindow.isZero() || catchUpWindow.isNegative()) {
      throw new IllegalArgumentException("catchUpWindow must be more than zero: " + catchUpWindow);
    }
    if (catchUpSpread.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException(
          "neither catchUpSpread nor jitter may be negative: " + catchUpSpread + ", " + jitter);
    }
  }

  /**
   * This policy with another answer to missed fires.
   *
   * @param which are made up for
   * @return the changed policy
   */
  public SchedulePolicy withCatchUp(CatchUp which) {
    return new SchedulePolicy(
        which, catchUpWindow, catchUpHours, catchUpSpread, afterPause, jitter, overlap);
  }

  /**
   * This policy with another window.
   *
   * @param window how long ago a missed fire may be, more than zero
   * @return the changed policy
   */
  public SchedulePolicy withCatchUpWindow(Duration window) {
    return new SchedulePolicy(
        catchUp, window, catchUpHours, catchUpSpread, afterPause, jitter, overlap);
  }

  /**
   * This policy with hours outside which nothing is made up for.
   *
   * @param hours in the schedule's zone; null for any
   * @return the changed policy
   */
  public SchedulePolicy withCatchUpHours(@Nullable HoursOfDay hours) {
    return new SchedulePolicy(
        catchUp, catchUpWindow, hours, catchUpSpread, afterPause, jitter, overlap);
  }

  /**
   * This policy with waits between fires that are made up for.
   *
   * @param most up to how long each, zero or more
   * @return the changed policy
   */
  public SchedulePolicy withCatchUpSpread(Duration most) {
    return new SchedulePolicy(
        catchUp, catchUpWindow, catchUpHours, most, afterPause, jitter, overlap);
  }

  /**
   * This policy with another answer to the fires of a pause.
   *
   * @param which are made up for
   * @return the changed policy
   */
  public SchedulePolicy withAfterPause(CatchUp which) {
    return new SchedulePolicy(
        catchUp, catchUpWindow, catchUpHours, catchUpSpread, which, jitter, overlap);
  }

  /**
   * This policy with another jitter.
   *
   * @param most up to how long, zero or more
   * @return the changed policy
   */
  public SchedulePolicy withJitter(Duration most) {
    return new SchedulePolicy(
        catchUp, catchUpWindow, catchUpHours, catchUpSpread, afterPause, most, overlap);
  }

  /**
   * This policy with another answer to overlaps.
   *
   * @param what becomes of a fire while a job is going on
   * @return the changed policy
   */
  public SchedulePolicy withOverlap(Overlap what) {
    return new SchedulePolicy(
        catchUp, catchUpWindow, catchUpHours, catchUpSpread, afterPause, jitter, what);
  }
}
