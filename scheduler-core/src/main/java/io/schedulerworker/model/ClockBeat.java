package io.schedulerworker.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the wall clock of a process showed, noted again and again in JOBS_KV under {@link #KEY}, so that processes can
 * compare their clocks.
 *
 * @param owner the process
 * @param number one more with each beat: whose number changes is alive
 * @param at what its wall clock showed when it wrote this; milliseconds
 */
public record ClockBeat(String owner, long number, Instant at) {
  /** The key in JOBS_KV under which the beats of all processes stand. */
  public static final String KEY = "clocks";

  /**
   * Drops what is less than a millisecond.
   *
   * @param owner as above
   * @param number as above
   * @param at as above
   */
  public ClockBeat {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }
}
