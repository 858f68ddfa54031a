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
import java.util.concurrent.CompletionStage;

/**
 * The keys of a store in their order, as a sorted set in which all scores are equal: Redis orders such members by their
 * bytes. It may name keys that are gone, so whoever lists looks at the values; it names every key that is there, since a key
 * is put into it before its value is written, and once more after, should it have been cleared away between the two.
 */
final class KeyIndex {
  /** No UTF-8 text has this byte, so no key of the store's users is the index, and every key is less than prefix and it. */
  private static final byte BEYOND = (byte) 0xFF;

  private final byte[] prefix;
  private final byte[] name;

  KeyIndex(byte[] prefix) {
    this.prefix = prefix.clone();
    this.name = beyond(prefix);
  }

  /** Under which name a key's value is. */
  byte[] nameOf(byte[] key) {
    byte[] full = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, full, prefix.length, key.length);
    return full;
  }

  byte[] name() {
    return name.clone();
  }

  CompletionStage<Long> add(RedisClusterAsyncCommands<byte[], byte[]> redis, byte[]... keys) {
    Object[] scored = new Object[keys.length * 2];
    for (int i = 0; i < keys.length; i++) {
      scored[2 * i] = 0d;
      scored[2 * i + 1] = keys[i];
    }
    return redis.zadd(name, scored);
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
}
