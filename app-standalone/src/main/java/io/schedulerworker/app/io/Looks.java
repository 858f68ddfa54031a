package io.schedulerworker.app.io;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Has files looked at again when somebody needs them and nobody looked for a second. Who needs them waits for the look, so
 * that a file that changed last night is known to the first call of today; but not for long, because a file system that
 * does not answer must hold up nobody. Thread-safe.
 */
public final class Looks {
  /** On threads that do not keep the process alive. */
  public static final Executor IN_THE_BACKGROUND = Executors.newCachedThreadPool(Looks::thread);

  private static final long LOOK_AFTER = Duration.ofSeconds(1).toNanos();
  private static final long PATIENCE = Duration.ofMillis(250).toNanos();

  private final Runnable look;
  private final LongSupplier nanoTime;
  private final Executor background;
  private volatile long ended;
  private volatile long began;
  private volatile CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /**
   * As if somebody had just looked.
   *
   * @param look looks; called by one thread at a time; must not throw
   * @param nanoTime a clock that only goes forward, asked on any thread
   * @param background where it is called
   */
  public Looks(Runnable look, LongSupplier nanoTime, Executor background) {
    this.look = look;
    this.nanoTime = nanoTime;
    this.background = background;
    this.ended = nanoTime.getAsLong();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "file-look");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns when somebody has looked within the last second, or it takes too long. */
  public void refresh() {
    if (last.isDone() && nanoTime.getAsLong() - ended >= LOOK_AFTER) {
      begin();
    }
    if (!last.isDone()) {
      await();
    }
  }

  private synchronized void begin() {
    if (last.isDone() && nanoTime.getAsLong() - ended >= LOOK_AFTER) {
      began = nanoTime.getAsLong();
      last = CompletableFuture.runAsync(this::lookOnce, background);
    }
  }

  private void lookOnce() {
    try {
      look.run();
    } finally {
      ended = nanoTime.getAsLong();
    }
  }

  /** All wait for the same moment, so that a look without an end delays them all once. */
  private void await() {
    long left = PATIENCE - (nanoTime.getAsLong() - began);
    try {
      last.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What was known before has to do.
    }
  }
}
