package io.schedulerworker.kv.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/** What the server does in one step. It is sent by its digest; a server that does not know it yet is sent the text. */
enum Script {
  /** Replaces a value that has a digest; a life of 0 ms is one without end. Returns 1 if it did. */
  REPLACE("""
      local value = redis.call('GET', KEYS[1])
      if not value or redis.sha1hex(value) ~= ARGV[1] then return 0 end
      if ARGV[3] == '0' then redis.call('SET', KEYS[1], ARGV[2])
      else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
      return 1"""),

  /** Deletes a value that has a digest. Returns 1 if it did. */
  DELETE("""
      local value = redis.call('GET', KEYS[1])
      if not value or redis.sha1hex(value) ~= ARGV[1] then return 0 end
      return redis.call('DEL', KEYS[1])"""),

  /** Takes a key out of the index if the mark for it is still there. Returns 1 if it did. */
  FORGET("""
      if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
      return redis.call('ZREM', KEYS[1], ARGV[2])""");

  private final String text;
  private final String digest;

  Script(String text) {
    this.text = text;
    this.digest = ValueVersion.digest(text.getBytes(UTF_8));
  }

  /** What is sent for a script with one key. */
  Call call(byte[] key, byte[]... arguments) {
    byte[][] keys = {key};
    return new Call(keys, arguments);
  }

  /** A script with what it is about. */
  final class Call {
    private final byte[][] keys;
    private final byte[][] arguments;

    private Call(byte[][] keys, byte[][] arguments) {
      this.keys = keys;
      this.arguments = arguments;
    }

    /** Sends the digest alone. */
    CompletionStage<Boolean> byDigest(RedisClusterAsyncCommands<byte[], byte[]> redis) {
      CompletionStage<Long> count =
          redis.evalsha(digest, ScriptOutputType.INTEGER, keys, arguments);
      return count.thenApply(Script::isOne);
    }

    /** Sends the text, which the server then knows by its digest. */
    CompletionStage<Boolean> byText(RedisClusterAsyncCommands<byte[], byte[]> redis) {
      CompletionStage<Long> count = redis.eval(text, ScriptOutputType.INTEGER, keys, arguments);
      return count.thenApply(Script::isOne);
    }
  }

  private static boolean isOne(long count) {
    return count == 1;
  }
}
