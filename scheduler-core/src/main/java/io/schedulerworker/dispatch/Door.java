package io.schedulerworker.dispatch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a host may be called: closed while it asks to be left alone. Thread-safe. */
final class Door {
  /** Keeps the arithmetic in bounds, whatever a server asks for. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Duration most;
  private @Nullable Long closedSince;
  private long closedUntil;

  Door(Duration most) {
    this.most = most;
  }

  synchronized boolean isClosed(long now) {
    return closedSince != null && closedUntil - now > 0;
  }

  /** How long it stays closed; zero if it is open. */
  synchronized Duration remaining(long now) {
    return isClosed(now) ? Duration.ofNanos(closedUntil - now) : Duration.ZERO;
  }

  /** Whether it is closed, and by the end will have been for longer than is waited for. */
  synchronized boolean isBeyondDeadline(long now) {
    return closedSince != null
        && isClosed(now)
        && Duration.ofNanos(closedUntil - closedSince).compareTo(most) > 0;
  }

  /** Closes it for so long at least. */
  synchronized void close(Duration wait, long now) {
    if (closedSince == null) {
      closedSince = now;
      closedUntil = now;
    }
    long until = now + (wait.compareTo(LONGEST) < 0 ? wait : LONGEST).toNanos();
    if (until - closedUntil > 0) {
      closedUntil = until;
    }
  }

  /** The host gave an answer that asks for nothing: what it asked for before is over, once its time is. */
  synchronized void answered(long now) {
    if (!isClosed(now)) {
      closedSince = null;
    }
  }
}
