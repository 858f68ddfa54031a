package io.schedulerworker.dispatch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a host has given no sign of life. A host that was called twice, the second time after the first call had
 * failed, had its chance. Used by one lane, under its lock.
 */
final class Silence {
  private final long most;
  private @Nullable Long since;
  private long firstEnd;
  private long lastEnd;
  private boolean hadItsChance;
  private String last = "";

  Silence(Duration most) {
    this.most = most.toNanos();
  }

  /** A call failed in a way that a dead host's calls do. If nobody has called for long, it is the first. */
  void failed(long began, long ended, String reason) {
    if (since == null || isStale(began)) {
      since = began;
      firstEnd = ended;
      hadItsChance = false;
    }
    hadItsChance |= began - firstEnd >= 0;
    lastEnd = ended;
    last = reason;
  }

  /** The host answered. */
  void broken() {
    since = null;
  }

  boolean isTooLong(long now) {
    return since != null && hadItsChance && now - since >= most && !isStale(now);
  }

  /** Nobody has called for so long that the host may well be back. */
  private boolean isStale(long now) {
    return now - lastEnd > most;
  }

  /** How long it has lasted. */
  Duration length(long now) {
    return since == null ? Duration.ZERO : Duration.ofNanos(now - since);
  }

  /** What the last call ended with. */
  String last() {
    return last;
  }
}
