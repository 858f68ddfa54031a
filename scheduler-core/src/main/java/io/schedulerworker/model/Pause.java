package io.schedulerworker.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A span in which a schedule was paused.
 *
 * @param from its beginning, whole seconds
 * @param to its end, whole seconds
 */
public record Pause(Instant from, Instant to) {
  /**
   * Drops fractions of seconds.
   *
   * @param from as above
   * @param to as above
   */
  public Pause {
    from = from.truncatedTo(ChronoUnit.SECONDS);
    to = to.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Whether a moment lies within.
   *
   * @param time any moment
   * @return true from the beginning to the end, both included
   */
  public boolean contains(Instant time) {
    return !time.isBefore(from) && !time.isAfter(to);
  }
}
