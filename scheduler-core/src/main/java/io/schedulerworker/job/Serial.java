package io.schedulerworker.job;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs tasks on an executor's threads, in the order they came and one at a time: what they share needs no lock. */
public final class Serial implements Executor {
  private static final Logger LOG = System.getLogger(Serial.class.getName());

  private final Executor threads;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();

  /**
   * Without tasks.
   *
   * @param threads run them
   */
  public Serial(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (open.getAndIncrement() == 0) {
      threads.execute(this::runNext);
    }
  }

  private void runNext() {
    try {
      tasks.remove().run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a task failed; those behind it go on", e);
    } finally {
      if (open.decrementAndGet() > 0) {
        threads.execute(this::runNext);
      }
    }
  }
}
