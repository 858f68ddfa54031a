package io.schedulerworker.dispatch;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * At most so many calls in a second, spread evenly, with up to a tenth of a second's calls at once: a generic cell rate
 * algorithm (ITU-T I.371). Used by one lane, under its lock.
 */
final class RateLimit {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long BURST = SECOND / 10;

  private final long interval;
  private boolean used;
  private long next;

  RateLimit(OptionalInt mostPerSecond) {
    interval = mostPerSecond.isPresent() ? SECOND / mostPerSecond.getAsInt() : 0;
  }

  /** How long the next call has to wait; 0 if it has not. */
  long delay(long now) {
    return used ? Math.max(0, next - now - (interval < BURST ? BURST : 0)) : 0;
  }

  /** A call begins. */
  void count(long now) {
    next = (used && next - now > 0 ? next : now) + interval;
    used = true;
  }
}
