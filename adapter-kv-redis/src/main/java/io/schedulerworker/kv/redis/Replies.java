package io.schedulerworker.kv.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisReadOnlyException;
import io.schedulerworker.model.Texts;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for replies within a deadline, and says what it means if there is none. */
final class Replies {
  /** The server is at fault or in a state that passes; it has done nothing. */
  private static final Set<String> PASSING = Set.of(
      "LOADING",
      "BUSY",
      "MASTERDOWN",
      "READONLY",
      "CLUSTERDOWN",
      "TRYAGAIN",
      "OOM",
      "MISCONF",
      "NOREPLICAS",
      "MOVED",
      "ASK");

  /** In the message of the client, which has no type for it. */
  private static final String NOT_SENT = "Commands are rejected";

  private static final int LONGEST = 160;

  private final String store;

  Replies(String store) {
    this.store = store;
  }

  /** Whether a command changes anything: then one whose reply never came may have been carried out. */
  enum Effect {
    READS,
    WRITES
  }

  /** The reply; what it is about stands in messages. */
  <T> T await(CompletionStage<T> reply, String about, Effect effect, Deadline deadline) {
    Future<T> future = reply.toCompletableFuture();
    try {
      return future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      future.cancel(false);
      throw unanswered(about, "no answer by the deadline", effect, e);
    } catch (InterruptedException e) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw unanswered(about, "the thread is interrupted", effect, e);
    } catch (CancellationException e) {
      throw unanswered(about, "the connection was closed", effect, e);
    } catch (ExecutionException e) {
      throw failed(about, e.getCause() == null ? e : e.getCause(), effect);
    }
  }

  private KvStoreException failed(String about, Throwable cause, Effect effect) {
    if (cause instanceof KvStoreException ours) {
      return ours;
    }
    RedisCommandExecutionException refusal = refusal(cause);
    return refusal == null
        ? unanswered(about, reason(cause), effect, cause)
        : refused(about, refusal);
  }

  /** What the server answered, to the command or to the handshake of the connection for it. */
  private static @Nullable RedisCommandExecutionException refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException refusal) {
        return refusal;
      }
    }
    return null;
  }

  /** Whether the client kept a command back, since its connection had just broken: it may be sent on another one. */
  static boolean isNotSent(KvStoreException e) {
    return isKeptBack(e.getCause());
  }

  private static boolean isKeptBack(@Nullable Throwable cause) {
    return cause != null
        && cause.getClass() == RedisException.class
        && String.valueOf(cause.getMessage()).contains(NOT_SENT);
  }

  /**
   * Whether the connection leads to a server that is no master any more, or does not answer: after a failover the next one may
   * lead to the one that is. A machine that vanished breaks no connection for minutes.
   */
  static boolean isLostMaster(KvStoreException e) {
    return e.getCause() instanceof RedisReadOnlyException
        || e.getCause() instanceof TimeoutException;
  }

  /** A reply in which a value of another type than text counts as none. */
  static <T> CompletionStage<T> orIfNoText(CompletionStage<T> reply, Supplier<T> none) {
    return reply.exceptionally(failure -> {
      RedisCommandExecutionException refusal = refusal(failure);
      if (refusal != null && String.valueOf(refusal.getMessage()).startsWith("WRONGTYPE")) {
        return none.get();
      }
      throw new CompletionException(failure);
    });
  }

  /** An error that the server answered: it has done nothing. */
  private KvStoreException refused(String about, RedisCommandExecutionException refusal) {
    String message = String.valueOf(refusal.getMessage());
    String code = message.split(" ", 2)[0];
    Kind kind = PASSING.contains(code) ? Kind.UNAVAILABLE : Kind.REJECTED;
    return exception(kind, about, Texts.line(message, LONGEST), refusal);
  }

  private KvStoreException unanswered(String about, String reason, Effect effect, Throwable cause) {
    boolean sent = !(cause instanceof RedisConnectionException || isKeptBack(cause));
    Kind kind = sent && effect == Effect.WRITES ? Kind.OUTCOME_UNKNOWN : Kind.UNAVAILABLE;
    return exception(kind, about, reason, cause);
  }

  /** What is there cannot be used. */
  KvStoreException rejected(String about, String reason) {
    return exception(Kind.REJECTED, about, reason, null);
  }

  /** Nothing was sent. */
  KvStoreException unavailable(String about, String reason) {
    return exception(Kind.UNAVAILABLE, about, reason, null);
  }

  private KvStoreException exception(
      Kind kind, String about, String reason, @Nullable Throwable cause) {
    return new KvStoreException(kind, store + ": " + about + ": " + reason, cause);
  }

  static String reason(Throwable cause) {
    Throwable inner = cause;
    while (inner.getCause() != null && inner.getCause().getMessage() != null) {
      inner = inner.getCause();
    }
    String first = String.valueOf(inner.getMessage()).lines().findFirst().orElse("");
    // The client shows addresses with a star for each letter of the password.
    return Texts.line(first.replaceAll("://[^@\\s]*@", "://***@"), LONGEST);
  }
}
