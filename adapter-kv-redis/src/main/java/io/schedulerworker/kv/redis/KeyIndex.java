package io.schedulerworker.kv.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvListing.Order;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys of a store in their order, as a sorted set in which all scores are equal: Redis orders such members by their
 * bytes. It may name keys that are gone, so whoever lists looks at the values. It names every key that is there, though index
 * and value are written in two steps and, on a cluster, in two slots that know nothing of each other:
 *
 * <ul>
 *   <li>A key is put in before its value is written. Whoever dies in between leaves a name too many.
 *   <li>A key is taken out by whoever marks it, then finds no value, and then finds the mark still there, the last two
 *       members in one step of one slot.
 *   <li>Once the value is written, the writer takes away all marks of the key and puts it in again. A mark from before that
 *       is gone when its owner comes to look; one from after it was followed by a look that found the value; and if the
 *       owner was faster than both, the key is put in again.
 * </ul>
 *
 * <p>Only a writer that dies between value and index while another takes the key out leaves a name too few, and the scan
 * finds it.
 */
final class KeyIndex {
  /** No UTF-8 text has this byte, so no key of the store's users is the index, and every key is less than prefix and it. */
  private static final byte BEYOND = (byte) 0xFF;

  private static final byte[] MARKS = {BEYOND};

  private final byte[] prefix;
  private final byte[] name;

  KeyIndex(byte[] prefix) {
    this.prefix = prefix.clone();
    this.name = beyond(prefix);
  }

  /** Under which name a key's value is. */
  byte[] nameOf(byte[] key) {
    return joined(prefix, key);
  }

  CompletionStage<Long> add(RedisClusterAsyncCommands<byte[], byte[]> redis, byte[]... keys) {
    Object[] scored = new Object[keys.length * 2];
    for (int i = 0; i < keys.length; i++) {
      scored[2 * i] = 0d;
      scored[2 * i + 1] = keys[i];
    }
    return redis.zadd(name, scored);
  }

  /** Takes the marks of a key away, and puts it in again. Both are done in this order. */
  CompletionStage<Long> confirm(RedisClusterAsyncCommands<byte[], byte[]> redis, byte[] key) {
    byte[] marks = marks(key);
    CompletionStage<Long> unused = redis.zremrangebylex(
        name, Range.from(Boundary.including(marks), Boundary.excluding(beyond(marks))));
    return add(redis, key);
  }

  /** Takes out those of some keys that have no value.  */
  CompletionStage<Void> takeOut(
      RedisClusterAsyncCommands<byte[], byte[]> redis, List<byte[]> keys) {
    byte[] token = UUID.randomUUID().toString().getBytes(UTF_8);
    byte[][] marks = keys.stream().map(key -> joined(marks(key), token)).toArray(byte[][]::new);
    return add(redis, marks)
        .thenCompose(added -> all(IntStream.range(0, keys.size())
            .mapToObj(i -> takeOutMarked(redis, keys.get(i), marks[i]))));
  }

  private CompletionStage<?> takeOutMarked(
      RedisClusterAsyncCommands<byte[], byte[]> redis, byte[] key, byte[] mark) {
    return redis
        .exists(nameOf(key))
        .thenCompose(there -> there == 0
            ? Script.FORGET.call(name, mark, key).byText(redis).thenApply(taken -> 1L)
            : redis.zrem(name, mark));
  }

  private static CompletionStage<Void> all(Stream<CompletionStage<?>> stages) {
    return CompletableFuture.allOf(
        stages.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
  }

  /** Takes away what those left who died while they took keys out. One that is at it now will do it another time. */
  CompletionStage<Long> clearMarks(RedisClusterAsyncCommands<byte[], byte[]> redis) {
    return redis.zremrangebylex(name, Range.from(Boundary.including(MARKS), Boundary.unbounded()));
  }

  /** What the marks of a key begin with: beyond all keys, so that no listing comes to them. */
  private static byte[] marks(byte[] key) {
    return beyond(joined(MARKS, key));
  }

  /** Keys from a place on, at most so many. */
  CompletionStage<List<byte[]>> page(
      RedisClusterAsyncCommands<byte[], byte[]> redis, KvListing listing, int limit) {
    Range<byte[]> range = range(listing);
    return listing.order() == Order.ASCENDING
        ? redis.zrangebylex(name, range, Limit.create(0, limit))
        : redis.zrevrangebylex(name, range, Limit.create(0, limit));
  }

  private static Range<byte[]> range(KvListing listing) {
    byte[] first = listing.prefix().getBytes(UTF_8);
    byte[] beyond = beyond(first);
    byte[] after = listing.after().map(key -> key.getBytes(UTF_8)).orElse(null);
    Boundary<byte[]> least = first.length == 0 ? Boundary.unbounded() : Boundary.including(first);
    if (after == null) {
      return Range.from(least, Boundary.excluding(beyond));
    }
    return listing.order() == Order.ASCENDING
        ? Range.from(
            Arrays.compareUnsigned(after, first) < 0 ? least : Boundary.excluding(after),
            Boundary.excluding(beyond))
        : Range.from(
            least, Boundary.excluding(Arrays.compareUnsigned(after, beyond) < 0 ? after : beyond));
  }

  private static byte[] beyond(byte[] prefix) {
    byte[] longer = Arrays.copyOf(prefix, prefix.length + 1);
    longer[prefix.length] = BEYOND;
    return longer;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
