package io.schedulerworker.kv.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The client alone, which sends what the store sends, waits as it does, and makes texts of the answers. */
final class RawRedis implements AutoCloseable {
  private static final int ENOUGH_BYTES = 8 << 20;
  private static final String REPLACE = """
      local value = redis.call('GET', KEYS[1])
      if not value or redis.sha1hex(value) ~= ARGV[1] then return 0 end
      if ARGV[3] == '0' then redis.call('SET', KEYS[1], ARGV[2])
      else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
      return 1""";

  private final RedisClient client;
  private final RedisAsyncCommands<byte[], byte[]> redis;
  private final String prefix;
  private final String digest;

  RawRedis(String uri, String prefix) throws Exception {
    this.client = RedisClient.create(uri);
    this.redis = client.connect(ByteArrayCodec.INSTANCE).async();
    this.prefix = prefix;
    this.digest = await(redis.scriptLoad(REPLACE));
  }

  private static <T> T await(Future<T> reply) throws Exception {
    return reply.get(30, TimeUnit.SECONDS);
  }

  private byte[] name(String key) {
    return (prefix + key).getBytes(UTF_8);
  }

  String get(String key) throws Exception {
    return new String(await(redis.get(name(key))), UTF_8);
  }

  boolean replace(String key, String value, Version expected) throws Exception {
    byte[][] keys = {name(key)};
    Future<Long> reply = redis.evalsha(
        digest,
        ScriptOutputType.INTEGER,
        keys,
        expected.token().getBytes(UTF_8),
        value.getBytes(UTF_8),
        "0".getBytes(UTF_8));
    return await(reply) == 1;
  }

  /** As many values as a page of the store has. */
  List<String> list(String first, int limit) throws Exception {
    List<byte[]> names = new ArrayList<>();
    for (byte[] key : await(redis.zrangebylex(beyond(prefix), range(first), limit(limit)))) {
      names.add(name(new String(key, UTF_8)));
    }
    List<Future<Long>> sizes = new ArrayList<>();
    names.forEach(name -> sizes.add(redis.strlen(name)));
    List<Future<byte[]>> asked = new ArrayList<>();
    names.subList(0, fitting(sizes)).forEach(name -> asked.add(redis.get(name)));
    List<String> values = new ArrayList<>();
    for (Future<byte[]> each : asked) {
      values.add(new String(await(each), UTF_8));
    }
    return values;
  }

  private static int fitting(List<Future<Long>> sizes) throws Exception {
    long bytes = 0;
    int count = 0;
    for (Future<Long> each : sizes) {
      bytes += await(each);
      count += bytes <= ENOUGH_BYTES ? 1 : 0;
    }
    return count;
  }

  private static Limit limit(int limit) {
    return Limit.create(0, limit + 1);
  }

  private static Range<byte[]> range(String first) {
    return Range.from(
        Range.Boundary.including(first.getBytes(UTF_8)), Range.Boundary.excluding(beyond(first)));
  }

  private static byte[] beyond(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = (byte) 0xFF;
    return longer;
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
