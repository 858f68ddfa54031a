package io.schedulerworker.testing;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test moves it.
 *
 * <p>Timers run on the thread that moves the clock, in order of their time and, at the same time, of their creation. While
 * one runs, the clock shows the time for which it was set. The monotonic clock begins one hour before it overflows, so
 * that code which compares two readings with {@code <} instead of by their difference fails in a test.
 *
 * <p>Thread-safe. Only one thread moves the clock at a time; a second one waits until the first is done.
 */
public final class SimulatedClock implements Clock {
  private static final long FIRST_NANO_TIME =
      Long.MAX_VALUE - Duration.ofHours(1).toNanos();

  /** Held while timers run, so that two spans never mix. Timers run without {@link #state}. */
  private final ReentrantLock moving = new ReentrantLock();

  private final Object state = new Object();
  private final TreeSet<PendingTimer> timers =
      new TreeSet<>(Comparator.comparingLong((PendingTimer timer) -> timer.due)
          .thenComparingLong(timer -> timer.number));
  private Instant wallStart;
  private long elapsed;
  private long timersCreated;

  /**
   * A clock that stands at a moment.
   *
   * @param start the wall clock's time
   */
  public SimulatedClock(Instant start) {
    this.wallStart = start;
  }

  @Override
  public Instant now() {
    synchronized (state) {
      return wallStart.plusNanos(elapsed);
    }
  }

  @Override
  public long nanoTime() {
    synchronized (state) {
      return FIRST_NANO_TIME + elapsed;
    }
  }

  /** Never runs the task itself, whatever the delay: the next move of the clock does, even one by zero. */
  @Override
  public Timer after(Duration delay, Runnable task) {
    synchronized (state) {
      PendingTimer timer = new PendingTimer(later(elapsed, delay), timersCreated++, task);
      timers.add(timer);
      return timer;
    }
  }

  /**
   * Moves both clocks forward and runs the timers that fall due, including those that these set within the span.
   *
   * <p>If tasks throw, the clock still covers the whole span and the other timers still run; then the first exception is
   * thrown, with the others suppressed in it.
   *
   * @param span how far; zero runs what is due now
   * @throws IllegalArgumentException if the span is negative
   * @throws IllegalStateException if called by a timer's task
   */
  public void advance(Duration span) {
    if (span.isNegative()) {
      throw new IllegalArgumentException("the clock cannot go back by " + span);
    }
    beginMove();
    try {
      runTimersUntil(later(elapsed(), span));
    } finally {
      moving.unlock();
    }
  }

  /**
   * Moves both clocks to the next timer, as {@link #advance} does, and runs all timers of that time.
   *
   * @return false if there is no timer; the clock then stays
   * @throws IllegalStateException if called by a timer's task
   */
  public boolean advanceToNextTimer() {
    beginMove();
    try {
      Long due = nextDue();
      if (due == null) {
        return false;
      }
      runTimersUntil(due);
      return true;
    } finally {
      moving.unlock();
    }
  }

  /**
   * Sets the wall clock alone, forward or back, as an operator or NTP would. Timers and deadlines do not notice.
   *
   * @param time the new time
   */
  public void setWallTime(Instant time) {
    synchronized (state) {
      wallStart = time.minusNanos(elapsed);
    }
  }

  /**
   * The number of timers that neither ran nor were cancelled.
   *
   * @return zero or more
   */
  public int pendingTimers() {
    synchronized (state) {
      return timers.size();
    }
  }

  @Override
  public String toString() {
    synchronized (state) {
      return "SimulatedClock[%s, %s after its start, %d timers]"
          .formatted(now(), Duration.ofNanos(elapsed), timers.size());
    }
  }

  private void beginMove() {
    if (moving.isHeldByCurrentThread()) {
      throw new IllegalStateException("a timer's task cannot move the clock that runs it");
    }
    moving.lock();
  }

  private void runTimersUntil(long end) {
    Failures failures = new Failures();
    for (PendingTimer timer = takeDue(end); timer != null; timer = takeDue(end)) {
      failures.collectFrom(timer.task);
    }
    moveTo(end);
    failures.rethrow();
  }

  private @Nullable PendingTimer takeDue(long end) {
    synchronized (state) {
      if (timers.isEmpty() || timers.first().due > end) {
        return null;
      }
      PendingTimer timer = timers.pollFirst();
      moveTo(timer.due);
      return timer;
    }
  }

  private void moveTo(long newElapsed) {
    synchronized (state) {
      elapsed = newElapsed;
    }
  }

  private long elapsed() {
    synchronized (state) {
      return elapsed;
    }
  }

  private @Nullable Long nextDue() {
    synchronized (state) {
      return timers.isEmpty() ? null : timers.first().due;
    }
  }

  /** Adds without overflow: a timer for the end of all days must not become one of the past. */
  private static long later(long from, Duration by) {
    if (by.isNegative()) {
      return from;
    }
    boolean fits = by.compareTo(Duration.ofNanos(Long.MAX_VALUE - from)) <= 0;
    return fits ? from + by.toNanos() : Long.MAX_VALUE;
  }

  private final class PendingTimer implements Timer {
    private final long due;
    private final long number;
    private final Runnable task;

    PendingTimer(long due, long number, Runnable task) {
      this.due = due;
      this.number = number;
      this.task = task;
    }

    @Override
    public void cancel() {
      synchronized (state) {
        timers.remove(this);
      }
    }
  }

  /** What the tasks of one move threw. */
  private static final class Failures {
    private @Nullable Throwable first;

    void collectFrom(Runnable task) {
      try {
        task.run();
      } catch (RuntimeException | Error failure) {
        add(failure);
      }
    }

    private void add(Throwable failure) {
      if (first == null) {
        first = failure;
      } else if (first != failure) {
        first.addSuppressed(failure);
      }
    }

    void rethrow() {
      if (first instanceof Error error) {
        throw error;
      }
      if (first instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
