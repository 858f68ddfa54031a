package io.schedulerworker.system;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which blocking work runs where an embedder gives none. */
public final class SystemThreads {
  private SystemThreads() {}

  /**
   * As many daemon threads as there is work at the same time, which is a few for each job; idle ones end after a
   * minute.
   *
   * @return an executor that the caller shuts down
   */
  public static ExecutorService newExecutor() {
    return Executors.newCachedThreadPool(named("scheduler-worker-"));
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
