package io.schedulerworker.app.api;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at something every minute, and in between when asked to, on threads that may wait: a hundredth of the time goes into
 * that, unless a look takes more than three seconds; every five minutes there is one in any case. Nothing that goes wrong in a look ends it. Thread-safe.
 */
final class Patrol implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Patrol.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int MOST_SHARE_OF_TIME = 100;

  private final Runnable look;
  private final Executor threads;
  private final Clock clock;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean closed;
  private Clock.@Nullable Timer timer;

  /**
   * One that does not look yet.
   *
   * @param look one look; may block
   * @param threads for looking: as many as are needed
   */
  Patrol(Runnable look, Executor threads, Clock clock) {
    this.look = look;
    this.threads = threads;
    this.clock = clock;
  }

  /** Looks now, and every minute from now on. */
  void start() {
    threads.execute(this::lookAndGoOn);
  }

  /** Looks once, soon; once for all who ask until then. */
  void lookSoon() {
    if (!closed && asked.compareAndSet(false, true)) {
      threads.execute(this::lookNow);
    }
  }

  private void lookAndGoOn() {
    long began = clock.nanoTime();
    asked.set(true);
    try {
      lookNow();
    } finally {
      goOnAfter(pauseSince(began));
    }
  }

  private Duration pauseSince(long began) {
    Duration took = Duration.ofNanos(clock.nanoTime() - began);
    Duration pause = took.multipliedBy(MOST_SHARE_OF_TIME);
    return within(PAUSE, pause, LONGEST_PAUSE);
  }

  private static Duration within(Duration least, Duration wanted, Duration most) {
    if (wanted.compareTo(least) < 0) {
      return least;
    }
    return wanted.compareTo(most) > 0 ? most : wanted;
  }

  private synchronized void goOnAfter(Duration pause) {
    if (!closed) {
      timer = clock.after(pause, () -> threads.execute(this::lookAndGoOn));
    }
  }

  private void lookNow() {
    asked.set(false);
    try {
      look.run();
    } catch (RuntimeException | Error e) {
      // Once the service is stopping, the store is closed at any moment.
      if (!closed) {
        LOG.error("this is a defect in Scheduler Worker, please report it", e);
      }
    }
  }

  /** Looks no more. May be called again. */
  @Override
  public synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }
}
