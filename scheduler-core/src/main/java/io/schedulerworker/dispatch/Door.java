package io.schedulerworker.dispatch;

import io.schedulerworker.model.HostState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a host may be called. It is closed while the server asks to be left alone, and while a circuit breaker keeps
 * calls off. When the breaker's time is over it is ajar: one call at a time passes, until one is answered. Used by one
 * lane, under its lock.
 */
final class Door {
  /** Keeps the arithmetic in bounds, whatever a server asks for. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Duration most;
  private @Nullable Long closedSince;
  private long closedUntil;
  private boolean ajar;
  private @Nullable KpiCall probe;

  Door(Duration most) {
    this.most = most;
  }

  /** How long it stays closed; 0 if it is open, or ajar. */
  long closedFor(long now) {
    return closedSince == null ? 0 : Math.max(0, closedUntil - now);
  }

  /** Whether a call is on its way that decides for all others. */
  boolean isProbed() {
    return probe != null;
  }

  /** Whether it is closed, and by the end will have been for longer than is waited for. */
  boolean isBeyondDeadline(long now) {
    return closedSince != null
        && closedFor(now) > 0
        && Duration.ofNanos(closedUntil - closedSince).compareTo(most) > 0;
  }

  /** Whether all may pass. */
  boolean isOpen() {
    return closedSince == null;
  }

  HostState.Door state(long now) {
    if (closedSince == null) {
      return HostState.Door.OPEN;
    }
    return closedFor(now) > 0 ? HostState.Door.CLOSED : HostState.Door.AJAR;
  }

  /** The server asks to be left alone. */
  void close(Duration wait, long now) {
    if (closedSince == null || isLongPast(now)) {
      closedSince = now;
      closedUntil = now;
    }
    long until = now + (wait.compareTo(LONGEST) < 0 ? wait : LONGEST).toNanos();
    if (until - closedUntil > 0) {
      closedUntil = until;
    }
  }

  /** It was closed once, and nobody has tried since. */
  private boolean isLongPast(long now) {
    return Duration.ofNanos(Math.max(0, now - closedUntil)).compareTo(most) > 0;
  }

  /** A circuit breaker keeps calls off. */
  void shut(Duration wait, long now) {
    ajar = true;
    close(wait, now);
  }

  /** A call passes. */
  void passed(KpiCall call) {
    if (ajar) {
      probe = call;
    }
  }

  /** Whether this is the call that decides for all others. */
  boolean isProbe(KpiCall call) {
    return call.equals(probe);
  }

  /** A call is over, or was not made after all. */
  void ended(KpiCall call) {
    if (isProbe(call)) {
      probe = null;
    }
  }

  /** The host answered as one that works: what was asked for before is over, once its time is. */
  void answered(long now) {
    if (closedFor(now) == 0) {
      closedSince = null;
      ajar = false;
      probe = null;
    }
  }
}
