package io.schedulerworker.port;

import java.time.Duration;

/**
 * When an adapter takes a host for dead and calls it no more for a while: as soon as so many percent of its last calls
 * failed or were slow, or some in a row could not reach it. Then one call at a time finds out whether it is back.
 *
 * @param percent of the calls, from 1 to 100; 50 by default
 * @param minimumCalls how many calls it takes to judge, and how many in a row that cannot reach the host are enough by
 *     themselves, at least 1; 4 by default
 * @param window how old calls may be that count, at least 10 ms; 60 s by default
 * @param pause how long no call is made, more than zero; 5 s by default
 * @param slowCall a call that takes as long as this counts as failed, whatever comes of it, more than zero; by default
 *     half the time that a call may take
 */
public record BreakerSettings(
    int percent, int minimumCalls, Duration window, Duration pause, Duration slowCall) {
  /** The default share of failed calls. */
  public static final int PERCENT = 50;

  /** The default number of calls. */
  public static final int MINIMUM_CALLS = 4;

  /** The default age of calls. */
  public static final Duration WINDOW = Duration.ofSeconds(60);

  /** The least age of calls. */
  public static final Duration SHORTEST_WINDOW = Duration.ofMillis(10);

  /** The default pause. */
  public static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * Checks the bounds.
   *
   * @param percent as above
   * @param minimumCalls as above
   * @param window as above
   * @param pause as above
   * @param slowCall as above
   * @throws IllegalArgumentException if a value is out of its bounds; the message names it
   */
  public BreakerSettings {
    check(percent >= 1 && percent <= 100, "percent must be from 1 to 100");
    check(minimumCalls >= 1, "minimumCalls must be at least 1");
    check(window.compareTo(SHORTEST_WINDOW) >= 0, "window must be at least 10 ms");
    check(isPositive(pause), "pause must be more than zero");
    check(isPositive(slowCall), "slowCall must be more than zero");
  }

  private static boolean isPositive(Duration duration) {
    return duration.compareTo(Duration.ZERO) > 0;
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * The defaults.
   *
   * @param responseTimeout how long a call may take, more than zero
   * @return the settings
   */
  public static BreakerSettings defaults(Duration responseTimeout) {
    Duration slow = responseTimeout.dividedBy(2).plusNanos(1);
    return new BreakerSettings(PERCENT, MINIMUM_CALLS, WINDOW, PAUSE, slow);
  }
}
