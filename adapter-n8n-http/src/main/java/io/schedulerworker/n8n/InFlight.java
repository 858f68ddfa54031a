package io.schedulerworker.n8n;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The attempts under way, and the watch that ends those that take too long. It looks at all of them a hundred times per
 * timeout: a timer for each would cost a good part of the call (on JDK 25 it wakes the timer's thread every time).
 */
final class InFlight {
  private static final int LOOKS_PER_TIMEOUT = 100;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean watched = new AtomicBoolean();
  private final long timeoutNanos;
  private final ScheduledThreadPoolExecutor timer = timer();

  InFlight(Duration timeout) {
    timeoutNanos = timeout.toNanos();
  }

  /** With a thread of its own, so that an attempt is over in time even where callbacks block the common pool. */
  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
        1, InFlight::thread, new ThreadPoolExecutor.DiscardPolicy());
    timer.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "n8n-timeouts");
    thread.setDaemon(true);
    return thread;
  }

  void add(Attempt attempt) {
    attempts.add(attempt);
    watch();
  }

  void remove(Attempt attempt) {
    attempts.remove(attempt);
  }

  /** Ends all of them, and the watch. */
  void close() {
    timer.shutdownNow();
    attempts.forEach(Attempt::abandon);
  }

  /** One watch for all, and none where nothing is in flight. */
  private void watch() {
    if (!watched.get() && watched.compareAndSet(false, true)) {
      long pause = Math.max(1, timeoutNanos / LOOKS_PER_TIMEOUT);
      try {
        Future<?> unused = timer.schedule(this::look, pause, TimeUnit.NANOSECONDS);
      } catch (RuntimeException | Error e) {
        // No thread to be had: the next attempt tries to have it watched.
        watched.set(false);
        throw e;
      }
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
