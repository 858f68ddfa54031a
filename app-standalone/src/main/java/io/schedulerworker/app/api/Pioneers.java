package io.schedulerworker.app.api;

import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
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

  /** Well before what was read of a job counts no more, if nobody has asked for it since. */
  private static final long IDLE = Duration.ofMinutes(10).toNanos();

  private final Clock clock;
  private final long patienceNanos;
  private final Map<TraceId, Way> ways = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<TraceId, Way> eldest) {
      return size() > MOST_JOBS;
    }
  };

  /** Who went first for a job, and when somebody went last. */
  private record Way(CountDownLatch first, long usedAt) {
    boolean isGoodAt(long now) {
      return now - usedAt < IDLE;
    }
  }

  /** With a bound on how long anybody waits for another one. */
  Pioneers(Clock clock, Duration patience) {
    this.clock = clock;
    this.patienceNanos = patience.toNanos();
  }

  /** Makes a call about a job, after the first one of this process has come back. */
  <T> T follow(TraceId traceId, Supplier<T> call) throws InterruptedException {
    CountDownLatch mine = new CountDownLatch(1);
    CountDownLatch first = first(traceId, mine);
    if (first != mine) {
      // Whether it came back or not: from here on each does as well as it can.
      boolean unused = first.await(patienceNanos, TimeUnit.NANOSECONDS);
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
    Way way = ways.get(traceId);
    if (way != null && way.first() == mine) {
      ways.remove(traceId);
    }
  }

  private synchronized CountDownLatch first(TraceId traceId, CountDownLatch mine) {
    long now = clock.nanoTime();
    Way way = ways.get(traceId);
    CountDownLatch first = way != null && way.isGoodAt(now) ? way.first() : mine;
    ways.put(traceId, new Way(first, now));
    return first;
  }
}
