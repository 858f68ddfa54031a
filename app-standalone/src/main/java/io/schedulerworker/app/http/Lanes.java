package io.schedulerworker.app.http;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of handlers: a few for what never waits, so that what waits cannot get in its way. And one for the log. */
final class Lanes {
  private static final int PROMPT_THREADS = 2;
  private static final long KEPT_SECONDS = 30;
  private static final int WAITING_LINES = 1_000;
  private static final long LAST_LINES_MILLIS = 500;

  private final ThreadPoolExecutor prompt;
  private final ThreadPoolExecutor blocking;
  private final ThreadPoolExecutor log;

  Lanes(Limits limits) {
    prompt = pool("http-prompt-", PROMPT_THREADS, new LinkedBlockingQueue<>());
    blocking = pool("http-work-", limits.workers(), new LinkedBlockingQueue<>(limits.waiting()));
    log = pool("http-log-", 1, new LinkedBlockingQueue<>(WAITING_LINES));
  }

  /** Takes whatever comes: it is one request for each connection at most. */
  Executor prompt() {
    return prompt;
  }

  /** Rejects what is too much. */
  Executor blocking() {
    return blocking;
  }

  /** For lines of the log, in their order. Rejects what is too much. */
  Executor log() {
    return log;
  }

  /** Ends all; the last lines are written, if that is quick. */
  void stop() {
    prompt.shutdownNow();
    blocking.shutdownNow();
    log.shutdown();
    try {
      if (!log.awaitTermination(LAST_LINES_MILLIS, TimeUnit.MILLISECONDS)) {
        log.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.shutdownNow();
    }
  }

  private static ThreadPoolExecutor pool(String name, int threads, BlockingQueue<Runnable> queue) {
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
        threads, threads, KEPT_SECONDS, TimeUnit.SECONDS, queue, daemons(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
