package io.schedulerworker.app.outbox;

import java.time.Duration;

/**
 * How hard it is tried to deliver.
 *
 * @param most how many letters wait at the same time; the oldest goes for one more, at least 1
 * @param first the wait after the first failure; it doubles with each further one
 * @param longest the longest wait between two attempts, also if the other side asks for a longer one
 * @param total how old a letter is when it is given up; each is tried once at least
 * @param newestOnly whether a letter that could not be delivered is pointless once there is a newer one
 */
public record Patience(
    int most, Duration first, Duration longest, Duration total, boolean newestOnly) {

  /** Without spread, after so many failures in a row, at least 1. */
  Duration backoff(int failures) {
    Duration wait = first;
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return bounded(wait);
  }

  Duration bounded(Duration wait) {
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
