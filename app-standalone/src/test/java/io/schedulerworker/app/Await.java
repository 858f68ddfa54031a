package io.schedulerworker.app;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for what happens elsewhere, in other processes, by looking again and again. */
public final class Await {
  private static final int PAUSE_MS = 10;

  private Await() {}

  /** Returns as soon as a condition holds. */
  public static void until(Supplier<String> what, Duration most, Supplier<Boolean> condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.get()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + most + ": " + what.get());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
