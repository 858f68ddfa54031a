package io.schedulerworker.kv.dynamo;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Removes the chunks that no item names any more: those of values just replaced at once, those that a crash left behind round
 * after round. On a thread of its own, from the first call of the store on.
 */
final class Sweep implements Runnable, AutoCloseable {
  private static final Logger LOG = System.getLogger(Sweep.class.getName());
  private static final Duration PERIOD = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_WAITING = 1_000;

  private final Generations generations;
  private final Clock clock;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile @Nullable Thread thread;
  private volatile boolean closed;

  Sweep(Generations generations, Clock clock) {
    this.generations = generations;
    this.clock = clock;
  }

  void start() {
    if (started.compareAndSet(false, true)) {
      Thread made = new Thread(this, "kv-dynamo-sweep");
      made.setDaemon(true);
      thread = made;
      made.start();
    }
  }

  /** Has a generation looked at soon. Those that find no room wait for the next round. */
  void soon(String generation) {
    boolean unused = waiting.offer(generation);
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        round();
        long end = clock.nanoTime() + PERIOD.toNanos();
        for (String next = next(end); next != null; next = next(end)) {
          clear(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable String next(long end) throws InterruptedException {
    return closed ? null : waiting.poll(end - clock.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void round() {
    try {
      for (String generation : generations.settled(deadline())) {
        clear(generation);
      }
    } catch (KvStoreException | IllegalStateException | RejectedExecutionException e) {
      cutShort(e);
    }
  }

  private void clear(String generation) {
    try {
      generations.clear(generation, deadline());
    } catch (KvStoreException | IllegalStateException | RejectedExecutionException e) {
      cutShort(e);
    }
  }

  /**
   * By the table, or by a client that is being closed. The next round does it: who waits for the table meanwhile is told
   * by their own calls.
   */
  private static void cutShort(RuntimeException e) {
    LOG.log(Level.DEBUG, "clearing away was cut short: {0}", e.getMessage());
  }

  private Deadline deadline() {
    return Deadline.in(PATIENCE, clock);
  }

  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
