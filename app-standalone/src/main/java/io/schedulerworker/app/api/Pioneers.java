package io.schedulerworker.app.api;

import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has the first report of a job go ahead alone: what it has read of the job serves all that came with it, which would
 * else read one great record at the same time, each for itself. Thread-safe.
 */
final class Pioneers {
  private static final int MOST_JOBS = 1_000;

  private final long patienceNanos;
  private final Map<TraceId, CountDownLatch> ways = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<TraceId, CountDownLatch> eldest) {
      return size() > MOST_JOBS;
    }
  };

  /** With a bound on how long anybody waits for another one. */
  Pioneers(Duration patience) {
    this.patienceNanos = patience.toNanos();
  }

  /** Makes a call about a job, after the first one of this process has come back. */
  <T> T follow(TraceId traceId, Supplier<T> call) throws InterruptedException {
    CountDownLatch mine = new CountDownLatch(1);
    CountDownLatch way = way(traceId, mine);
    if (way != mine) {
      // Whether it came back or not: from here on each does as well as it can.
      boolean unused = way.await(patienceNanos, TimeUnit.NANOSECONDS);
      return call.get();
    }
    try {
      return call.get();
    } catch (RuntimeException e) {
      forget(traceId, mine);
      throw e;
    } finally {
      mine.countDown();
    }
  }

  /** It has read nothing that serves others: the next one goes first again. */
  private synchronized void forget(TraceId traceId, CountDownLatch mine) {
    ways.remove(traceId, mine);
  }

  private synchronized CountDownLatch way(TraceId traceId, CountDownLatch mine) {
    return ways.computeIfAbsent(traceId, id -> mine);
  }
}
