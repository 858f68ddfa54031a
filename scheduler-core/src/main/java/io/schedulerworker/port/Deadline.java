package io.schedulerworker.port;

import java.time.Duration;

/**
 * The moment by which a call must have ended, on a monotonic clock. What one deadline bounds may be several calls: each
 * gets what remains. Immutable, thread-safe.
 */
public final class Deadline {
  private final Clock clock;
  private final long endNanos;

  private Deadline(Clock clock, long endNanos) {
    this.clock = clock;
    this.endNanos = endNanos;
  }

  /**
   * A deadline from now.
   *
   * @param wait not negative; beyond 100 years it is 100 years
   * @param clock whose monotonic time counts
   * @return the deadline
   */
  public static Deadline in(Duration wait, Clock clock) {
    Duration most = Duration.ofDays(36_500);
    Duration bounded = wait.compareTo(most) > 0 ? most : wait;
    return new Deadline(clock, clock.nanoTime() + bounded.toNanos());
  }

  /**
   * What remains.
   *
   * @return the time until the deadline; zero once it is over, never negative
   */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, endNanos - clock.nanoTime()));
  }

  /**
   * Whether nothing remains.
   *
   * @return true from the deadline on
   */
  public boolean isOver() {
    return remaining().isZero();
  }
}
