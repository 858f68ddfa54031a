package io.schedulerworker.app.http;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.function.IntConsumer;

/** Lets a handful of lines a second into a log, and counts the others. Thread-safe; nothing waits in it. */
final class Ration {
  static final int MOST_PER_SECOND = 5;

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Clock clock;
  private final IntConsumer rest;
  private boolean begun;
  private long begin;
  private int taken;
  private int leftOut;

  /** Says how many lines were left out in a second, soon after it; that must not wait. */
  Ration(Clock clock, IntConsumer rest) {
    this.clock = clock;
    this.rest = rest;
  }

  /** Whether a line may be written now; if not, it is counted. */
  synchronized boolean take() {
    long now = clock.nanoTime();
    if (!begun || now - begin >= SECOND.toNanos()) {
      begun = true;
      begin = now;
      taken = 0;
    }
    if (taken < MOST_PER_SECOND) {
      taken++;
      return true;
    }
    if (leftOut == 0) {
      Clock.Timer unused = clock.after(SECOND, this::tell);
    }
    leftOut++;
    return false;
  }

  private void tell() {
    int count;
    synchronized (this) {
      count = leftOut;
      leftOut = 0;
    }
    rest.accept(count);
  }
}
