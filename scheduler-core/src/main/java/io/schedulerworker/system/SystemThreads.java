package io.schedulerworker.system;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which blocking work runs where an embedder gives none. */
public final class SystemThreads {
  private static final Logger LOG = System.getLogger(SystemThreads.class.getName());

  private SystemThreads() {}

  /**
   * As many daemon threads as there is work at the same time, which is a few for each job; idle ones end after a
   * minute. Where the machine gives no further thread, work waits until it does. Work that comes after its shutdown is
   * dropped.
   *
   * @return an executor that the caller shuts down
   */
  public static ExecutorService newExecutor() {
    return newExecutor(named("scheduler-worker-"));
  }

  static ExecutorService newExecutor(ThreadFactory factory) {
    return new Patient(factory);
  }

  /** Loops and leases go on from one piece of work to the next: none may be lost. */
  private static final class Patient extends ThreadPoolExecutor {
    private static final Executor LATER =
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS, Runnable::run);

    Patient(ThreadFactory factory) {
      super(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.MINUTES,
          new SynchronousQueue<>(),
          factory,
          new DiscardPolicy());
    }

    @Override
    public void execute(Runnable task) {
      try {
        super.execute(task);
      } catch (OutOfMemoryError noThread) {
        LOG.log(Level.WARNING, "work waits for a thread: {0}", noThread.getMessage());
        LATER.execute(() -> execute(task));
      }
    }
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
