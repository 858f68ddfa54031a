package io.schedulerworker.app;

import java.time.Duration;

/** Time, for who looks again and again. */
interface Waits {
  /** The system's. */
  Waits SYSTEM = new Waits() {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void pause(Duration span) {
      try {
        Thread.sleep(span.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  };

  /** Where it is now; only differences mean something. */
  long nanoTime();

  /** Lets some of it pass. */
  void pause(Duration span);
}
