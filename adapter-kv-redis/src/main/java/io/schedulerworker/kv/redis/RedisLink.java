package io.schedulerworker.kv.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.schedulerworker.port.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the server: made for the first call, and made anew for the next call after it broke. The client does not
 * reconnect by itself, since it would then send again whatever had no answer, and so do twice what the server may have done
 * already. Thread-safe; one connection serves all threads.
 */
final class RedisLink implements AutoCloseable {
  private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

  private final Opener opener;
  private final Replies replies;
  private @Nullable CompletableFuture<Open> opening;
  private boolean closed;

  /** A connection, and its commands. */
  record Open(
      StatefulConnection<byte[], byte[]> connection,
      RedisClusterAsyncCommands<byte[], byte[]> commands) {}

  RedisLink(Opener opener, Replies replies) {
    this.opener = opener;
    this.replies = replies;
  }

  /** The commands of a connection that is open. */
  RedisClusterAsyncCommands<byte[], byte[]> commands(String about, Deadline deadline) {
    if (deadline.isOver()) {
      throw replies.unavailable(about, "the deadline is over");
    }
    return replies.await(current(), about, Replies.Effect.READS, deadline).commands();
  }

  private synchronized CompletableFuture<Open> current() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    CompletableFuture<Open> known = opening;
    if (known == null || isBroken(known)) {
      known = opener.open();
      opening = known;
    }
    // Whoever gives up waiting must not end it for the others.
    return known.copy();
  }

  private static boolean isBroken(CompletableFuture<Open> known) {
    return known.isCompletedExceptionally()
        || (known.isDone() && !known.join().connection().isOpen());
  }

  /**
   * Gives up a connection that is of no more use, though it does not say so: it takes no commands, leads to what is no master
   * any more, or to nobody. It is closed when all who wait on it have had their time.
   */
  synchronized void drop(RedisClusterAsyncCommands<byte[], byte[]> commands) {
    CompletableFuture<Open> known = opening;
    if (known != null
        && known.isDone()
        && !known.isCompletedExceptionally()
        && known.join().commands() == commands) {
      opening = null;
      StatefulConnection<byte[], byte[]> dropped = known.join().connection();
      CompletableFuture.delayedExecutor(LONGEST_CALL.toSeconds(), TimeUnit.SECONDS)
          .execute(dropped::close);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    opening = null;
    opener.close();
  }
}
