package io.schedulerworker.kv.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyScanArgs;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.schedulerworker.kv.redis.Replies.Effect;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings the index up to date with what others do to keys: puts in what they wrote, takes out what they deleted and what has
 * expired. A few keys at a time, round after round, on a thread of its own, from the first listing on.
 */
final class IndexScan implements Runnable, AutoCloseable {
  /** A round begins so long after the one before, so that a key is found within twice this. */
  static final Duration USUAL_PERIOD = Duration.ofSeconds(30);

  private static final Logger LOG = System.getLogger(IndexScan.class.getName());
  private static final String ABOUT = "looking for keys";
  private static final int AT_A_TIME = 500;
  private static final Duration BREATH = Duration.ofMillis(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RedisLink link;
  private final Replies replies;
  private final KeyIndex index;
  private final byte[] prefix;
  private final Duration period;
  private final Clock clock;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  IndexScan(
      RedisLink link,
      Replies replies,
      KeyIndex index,
      byte[] prefix,
      Duration period,
      Clock clock) {
    this.link = link;
    this.replies = replies;
    this.index = index;
    this.prefix = prefix.clone();
    this.period = period;
    this.clock = clock;
  }

  /** Begins, if it has not. */
  void start() {
    if (started.compareAndSet(false, true)) {
      Thread thread = new Thread(this, "kv-redis-scan");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void run() {
    Duration pause = Duration.ZERO;
    while (!isClosedAfter(pause)) {
      long began = clock.nanoTime();
      round();
      Duration left = period.minusNanos(clock.nanoTime() - began);
      pause = left.isNegative() ? Duration.ZERO : left;
    }
  }

  private boolean isClosedAfter(Duration pause) {
    try {
      return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void round() {
    try {
      putIn();
      takeOut();
    } catch (KvStoreException | IllegalStateException e) {
      // The next round does it: who waits for the server meanwhile is told by their own calls.
      LOG.log(Level.DEBUG, "a look at the keys was cut short: {0}", e.getMessage());
    }
  }

  private void putIn() {
    KeyScanArgs wanted = KeyScanArgs.Builder.type("string");
    wanted.match(GlobPattern.startingWith(prefix)).limit(AT_A_TIME);
    ScanCursor cursor = ScanCursor.INITIAL;
    do {
      Deadline deadline = deadline();
      RedisClusterAsyncCommands<byte[], byte[]> redis = link.commands(ABOUT, deadline);
      KeyScanCursor<byte[]> found =
          replies.await(redis.scan(cursor, wanted), ABOUT, Effect.READS, deadline);
      byte[][] keys = found.getKeys().stream().map(this::withoutPrefix).toArray(byte[][]::new);
      if (keys.length > 0) {
        replies.await(index.add(redis, keys), ABOUT, Effect.READS, deadline);
      }
      cursor = found;
    } while (!cursor.isFinished() && !isClosedAfter(BREATH));
  }

  private byte[] withoutPrefix(byte[] name) {
    return Arrays.copyOfRange(name, prefix.length, name.length);
  }

  private void takeOut() {
    KvListing rest = KvListing.ascending("", AT_A_TIME);
    List<byte[]> keys;
    clearMarks();
    do {
      Deadline deadline = deadline();
      RedisClusterAsyncCommands<byte[], byte[]> redis = link.commands(ABOUT, deadline);
      keys = replies.await(index.page(redis, rest, AT_A_TIME), ABOUT, Effect.READS, deadline);
      if (!keys.isEmpty()) {
        replies.await(index.takeOut(redis, keys), ABOUT, Effect.READS, deadline);
        rest = rest.after(new String(keys.get(keys.size() - 1), UTF_8));
      }
    } while (keys.size() == AT_A_TIME && !isClosedAfter(BREATH));
  }

  private void clearMarks() {
    Deadline deadline = deadline();
    replies.await(index.clearMarks(link.commands(ABOUT, deadline)), ABOUT, Effect.READS, deadline);
  }

  private Deadline deadline() {
    return Deadline.in(PATIENCE, clock);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
