package io.schedulerworker.port;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a written value lives.
 *
 * @param duration from the write on, more than zero; a store may round it up, to whole seconds at most, never down.
 *     Empty means for ever
 */
public record Ttl(Optional<Duration> duration) {
  /** For ever. */
  public static final Ttl NONE = new Ttl(Optional.empty());

  /**
   * Checks the duration.
   *
   * @param duration as above
   * @throws IllegalArgumentException if it is zero or negative
   */
  public Ttl {
    if (duration.isPresent() && (duration.get().isZero() || duration.get().isNegative())) {
      throw new IllegalArgumentException(
          "a time to live of " + duration.get() + " must be more than zero");
    }
  }

  /**
   * So long.
   *
   * @param duration more than zero
   * @return the time to live
   */
  public static Ttl of(Duration duration) {
    return new Ttl(Optional.of(duration));
  }
}
