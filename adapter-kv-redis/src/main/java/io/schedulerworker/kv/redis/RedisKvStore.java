package io.schedulerworker.kv.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.schedulerworker.kv.redis.Replies.Effect;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvTexts;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A store on a Redis server or cluster. Values are plain texts under plain keys, with a prefix before each.
 *
 * <p>Conditions are checked by the server, in one step with the write. The version of a value is its SHA-1. The server's
 * clock decides what has expired, to the millisecond.
 *
 * <p>Thread-safe. All threads share one connection to each server, which is made for the first call.
 */
public final class RedisKvStore implements KvStore {
  private static final Duration NO_END = Duration.ZERO;

  private final RedisLink link;
  private final Replies replies;
  private final KeyIndex index;
  private final Values values;
  private final Listings listings;
  private final boolean inOrder;
  private final IndexScan scan;
  private final AtomicBoolean closed = new AtomicBoolean();

  RedisKvStore(RedisAddress address, Duration scanPeriod, Clock clock) {
    byte[] prefix = address.prefix().getBytes(UTF_8);
    this.replies = new Replies(address.shown());
    this.link = new RedisLink(Opener.of(address), replies);
    this.inOrder = address.kind() != RedisAddress.Kind.CLUSTER;
    this.index = new KeyIndex(prefix);
    this.values = new Values(replies);
    this.listings = new Listings(index, replies, values);
    this.scan = new IndexScan(link, replies, index, prefix, scanPeriod, clock);
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    byte[] name = name(key);
    return ask(
            key, Effect.READS, deadline, redis -> redis.get(name).thenApply(Optional::ofNullable))
        .map(value -> values.entry(key, value));
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    byte[] name = name(key);
    byte[] bytes = Values.checked(value);
    write(key, deadline, redis -> redis.set(name, bytes, life(ttl)));
    return ValueVersion.of(value);
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    byte[] name = name(key);
    byte[] bytes = Values.checked(value);
    boolean written = write(
        key, deadline, redis -> redis.set(name, bytes, life(ttl).nx()).thenApply("OK"::equals));
    return written ? Optional.of(ValueVersion.of(value)) : Optional.empty();
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    byte[] name = name(key);
    byte[] bytes = Values.checked(value);
    Script.Call call =
        Script.REPLACE.call(name, ascii(expected.token()), bytes, ascii(millis(ttl)));
    boolean written = run(call, key, deadline);
    return written ? Optional.of(ValueVersion.of(value)) : Optional.empty();
  }

  @Override
  public void delete(String key, Deadline deadline) {
    byte[] name = name(key);
    ask(key, Effect.WRITES, deadline, redis -> redis.del(name));
    forget(key, deadline);
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    byte[] name = name(key);
    Script.Call call = Script.DELETE.call(name, ascii(expected.token()));
    boolean deleted = run(call, key, deadline);
    if (deleted) {
      forget(key, deadline);
    }
    return deleted;
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    requireOpen();
    scan.start();
    return listings.page(listing, link.commands("a listing", deadline), deadline);
  }

  /** The index may name what is gone; that this one is not in its way any more is a courtesy, and nobody waits for it. */
  private void forget(String key, Deadline deadline) {
    if (!deadline.isOver()) {
      CompletionStage<Void> unused =
          index.takeOut(link.commands(key, deadline), List.of(key.getBytes(UTF_8)));
    }
  }

  /** Writes a value, its key in the index before and after. What becomes of the value is the answer, whatever the index says. */
  private <T> T write(
      String key,
      Deadline deadline,
      Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> write) {
    byte[] member = key.getBytes(UTF_8);
    if (inOrder) {
      return ask(key, Effect.WRITES, deadline, redis -> {
        CompletionStage<Long> unusedBefore = index.add(redis, member);
        CompletionStage<T> written = write.apply(redis);
        CompletionStage<Long> unusedAfter = index.confirm(redis, member);
        return written;
      });
    }
    // The two are on different servers, which keep no common order: each step waits for the one
    // before.
    Long unusedBefore = ask(key, Effect.READS, deadline, redis -> index.add(redis, member));
    T written = ask(key, Effect.WRITES, deadline, write);
    ask(key, Effect.WRITES, deadline, redis -> index.confirm(redis, member));
    return written;
  }

  /** The text is sent by the caller's thread, so that nothing is done later for a caller that has given up. */
  private boolean run(Script.Call call, String key, Deadline deadline) {
    try {
      return ask(key, Effect.WRITES, deadline, call::byDigest);
    } catch (KvStoreException e) {
      if (e.getCause() instanceof RedisNoScriptException) {
        return ask(key, Effect.WRITES, deadline, call::byText);
      }
      throw e;
    }
  }

  /** What was not sent on a connection that had just broken is sent on a new one. */
  private <T> T ask(
      String key,
      Effect effect,
      Deadline deadline,
      Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
    try {
      return askOnce(key, effect, deadline, command);
    } catch (KvStoreException e) {
      if (Replies.isNotSent(e)) {
        return askOnce(key, effect, deadline, command);
      }
      throw e;
    }
  }

  private <T> T askOnce(
      String key,
      Effect effect,
      Deadline deadline,
      Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
    RedisClusterAsyncCommands<byte[], byte[]> redis = link.commands(key, deadline);
    try {
      return replies.await(command.apply(redis), key, effect, deadline);
    } catch (KvStoreException e) {
      if (Replies.isNotSent(e) || Replies.isLostMaster(e)) {
        link.drop(redis);
      }
      throw e;
    }
  }

  private byte[] name(String key) {
    requireOpen();
    return index.nameOf(KvTexts.checkKey(key).getBytes(UTF_8));
  }

  private static SetArgs life(Ttl ttl) {
    SetArgs args = new SetArgs();
    return ttl.duration().map(life -> args.px(roundedUp(life))).orElse(args);
  }

  private static String millis(Ttl ttl) {
    return String.valueOf(roundedUp(ttl.duration().orElse(NO_END)));
  }

  private static long roundedUp(Duration life) {
    return life.plusNanos(999_999).toMillis();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(UTF_8);
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the store in Redis is closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      scan.close();
      link.close();
    }
  }
}
