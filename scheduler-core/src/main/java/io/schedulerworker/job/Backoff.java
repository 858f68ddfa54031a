package io.schedulerworker.job;

import java.time.Duration;

/** How long to wait before a store that failed is asked again: 1, 2, 4 … s, at most 30 s. Not thread-safe. */
public final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Duration next = FIRST;

  /** From the shortest wait on. */
  public Backoff() {}

  /**
   * After a failure.
   *
   * @return the wait; the next one is twice as long
   */
  public Duration next() {
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return wait;
  }

  /** After a success: the next wait is the shortest again. */
  public void reset() {
    next = FIRST;
  }
}
