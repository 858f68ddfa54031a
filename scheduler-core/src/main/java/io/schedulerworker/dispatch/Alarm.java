package io.schedulerworker.dispatch;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One timer, set to the earliest of the times that are asked for. Thread-safe. */
final class Alarm {
  private final Clock clock;
  private final Runnable work;
  private Clock.@Nullable Timer timer;
  private long due;

  Alarm(Clock clock, Runnable work) {
    this.clock = clock;
    this.work = work;
  }

  synchronized void in(long nanos) {
    long wanted = clock.nanoTime() + nanos;
    if (timer != null && due - wanted <= 0) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    due = wanted;
    timer = clock.after(Duration.ofNanos(nanos), () -> ring(wanted));
  }

  private void ring(long time) {
    synchronized (this) {
      if (due == time) {
        timer = null;
      }
    }
    work.run();
  }
}
