package io.schedulerworker.system;

import io.schedulerworker.port.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The machine's time. Timers are those of {@link CompletableFuture}, which the JDK keeps for the whole process, so there
 * is no thread to start and nothing to close. Thread-safe.
 */
public final class SystemClock implements Clock {
  private static final Logger LOG = System.getLogger(SystemClock.class.getName());

  /** A clock; all are alike. */
  public SystemClock() {}

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    CompletableFuture<Boolean> time = new CompletableFuture<>();
    CompletableFuture<Void> end = time.thenRun(() -> run(task));
    time.completeOnTimeout(true, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    return () -> {
      end.cancel(false);
      time.cancel(false);
    };
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a timer's task failed", e);
    }
  }
}
