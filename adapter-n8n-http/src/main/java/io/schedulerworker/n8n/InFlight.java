package io.schedulerworker.n8n;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The attempts under way, and the watch that ends those that take too long. It looks at all of them a hundred times per
 * timeout: a timer for each would cost a good part of the call (on JDK 25 it wakes the timer's thread every time).
 */
final class InFlight {
  private static final int LOOKS_PER_TIMEOUT = 100;

  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean watched = new AtomicBoolean();
  private final long timeoutNanos;
  private final Executor afterPause;

  InFlight(Duration timeout) {
    timeoutNanos = timeout.toNanos();
    long pause = Math.max(1, timeoutNanos / LOOKS_PER_TIMEOUT);
    afterPause = CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, Runnable::run);
  }

  void add(Attempt attempt) {
    attempts.add(attempt);
    watch();
  }

  void remove(Attempt attempt) {
    attempts.remove(attempt);
  }

  void abandonAll() {
    attempts.forEach(Attempt::abandon);
  }

  /** One watch for all, and none where nothing is in flight. */
  private void watch() {
    if (!watched.get() && watched.compareAndSet(false, true)) {
      afterPause.execute(this::look);
    }
  }

  private void look() {
    try {
      long now = System.nanoTime();
      attempts.forEach(attempt -> attempt.endIfOlder(timeoutNanos, now));
    } finally {
      watched.set(false);
      if (!attempts.isEmpty()) {
        watch();
      }
    }
  }
}
