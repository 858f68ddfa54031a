package io.schedulerworker.job;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * One moment on both clocks.
 *
 * @param nanos on the monotonic clock
 * @param wall on the wall clock
 */
public record Moment(long nanos, Instant wall) {
  /**
   * This moment.
   *
   * @param clock the clocks
   * @return both, read one after the other
   */
  public static Moment of(Clock clock) {
    return new Moment(clock.nanoTime(), clock.now());
  }

  /**
   * How long ago another moment was.
   *
   * @param earlier the other one
   * @return the time between them on the monotonic clock
   */
  public Duration since(Moment earlier) {
    return Duration.ofNanos(nanos - earlier.nanos);
  }

  /**
   * By how much the wall clock has gone ahead of the monotonic one since another moment.
   *
   * @param earlier the other one
   * @return negative if the wall clock was set back
   */
  public Duration jumpSince(Moment earlier) {
    return Duration.between(earlier.wall, wall).minus(since(earlier));
  }
}
