package io.schedulerworker.system;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which blocking work runs where an embedder gives none. */
public final class SystemThreads {
  private SystemThreads() {}

  /**
   * As many daemon threads as there is work at the same time, which is a few for each job; idle ones end after a
   * minute. Work that comes after its shutdown is dropped.
   *
   * @return an executor that the caller shuts down
   */
  public static ExecutorService newExecutor() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        1,
        TimeUnit.MINUTES,
        new SynchronousQueue<>(),
        named("scheduler-worker-"),
        new ThreadPoolExecutor.DiscardPolicy());
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
