package io.schedulerworker.kv.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens connections to one server, or to the master that Sentinels name. The client itself is made for the first. */
final class RedisOpener implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final RedisURI uri;
  private @Nullable RedisClient client;

  RedisOpener(RedisURI uri) {
    this.uri = uri;
    uri.setTimeout(CONNECT_TIMEOUT);
  }

  synchronized CompletableFuture<RedisLink.Open> open() {
    return client()
        .connectAsync(ByteArrayCodec.INSTANCE, uri)
        .toCompletableFuture()
        .thenApply(connection -> new RedisLink.Open(connection, connection.async()));
  }

  private RedisClient client() {
    if (client == null) {
      client = RedisClient.create();
      client.setOptions(ClientOptions.builder()
          .autoReconnect(false)
          .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
          .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
          .build());
    }
    return client;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.shutdown(0, 2, TimeUnit.SECONDS);
    }
  }
}
