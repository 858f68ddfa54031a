package io.schedulerworker.n8n;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one host one after another, those of different hosts side by side.
 *
 * <p>The JDK's client looks up a host's name on the thread that starts a call, and that blocks. It must not block the
 * caller, and a name server that is silent about one host must delay no other. So each host with calls to start has one
 * thread to start them on, for as long as there are any. There are so many of them at most, because a registry full of names
 * that nobody answers for must not use up the machine's threads.
 */
final class HostLanes {
  static final int MOST_THREADS = 256;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Map<String, Queue<Runnable>> lanes = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
      0,
      MOST_THREADS,
      IDLE.toSeconds(),
      TimeUnit.SECONDS,
      new SynchronousQueue<>(),
      HostLanes::thread,
      new ThreadPoolExecutor.AbortPolicy());

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "n8n-start");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Has the task run soon, on another thread. It must not throw.
   *
   * @return false if there is no thread for it: then it will not run
   */
  boolean run(String host, Runnable task) {
    try {
      lanes.compute(host, (name, lane) -> {
        Queue<Runnable> tasks = lane == null ? open(name) : lane;
        tasks.add(task);
        return tasks;
      });
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private Queue<Runnable> open(String host) {
    threads.execute(() -> drain(host));
    return new ArrayDeque<>();
  }

  private void drain(String host) {
    for (Runnable task = next(host); task != null; task = next(host)) {
      task.run();
    }
  }

  private @Nullable Runnable next(String host) {
    Runnable[] next = new Runnable[1];
    lanes.computeIfPresent(host, (name, lane) -> {
      next[0] = lane.poll();
      return next[0] == null ? null : lane;
    });
    return next[0];
  }

  /** Has the task run at once, on a thread of no host; on the caller's where there is no other. */
  void runApart(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  /** Lets running tasks end, and starts no further thread. */
  void close() {
    threads.shutdown();
  }
}
