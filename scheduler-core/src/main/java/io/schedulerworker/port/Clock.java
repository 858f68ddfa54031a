package io.schedulerworker.port;

import java.time.Duration;
import java.time.Instant;

/**
 * Time, as the core sees it: the wall clock for fire times and records, the monotonic clock for everything that
 * measures a duration, and timers. The two may drift apart, and the wall clock may jump either way. Implementations are
 * thread-safe.
 */
public interface Clock {
  /**
   * The wall clock.
   *
   * @return now; may be before an earlier answer
   */
  Instant now();

  /**
   * The monotonic clock. Only differences mean anything, compared as {@code a - b > 0}.
   *
   * @return nanoseconds since an arbitrary moment; never less than an earlier answer
   */
  long nanoTime();

  /**
   * Runs a task once, after a delay on the monotonic clock.
   *
   * <p>The task runs on a thread of the clock's choice, never within this call. It must be short and must not block: it
   * hands work to an executor. What it throws is lost to the caller.
   *
   * @param delay from now; zero or negative means as soon as possible
   * @param task what to run
   * @return cancels the task; has no effect once the task runs
   */
  Timer after(Duration delay, Runnable task);

  /** A task that waits for its time. */
  @FunctionalInterface
  interface Timer {
    /** Makes sure that a task that has not begun never runs. May be called again, from any thread. */
    void cancel();
  }
}
