package io.schedulerworker.kv.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens connections to one server, or to the master that Sentinels name now. */
final class ServerOpener implements Opener {
  private final RedisAddress address;
  private final RedisURI uri;
  private @Nullable RedisClient client;

  ServerOpener(RedisAddress address) {
    this.address = address;
    this.uri = address.clientUris().get(0);
    uri.setTimeout(CONNECT_TIMEOUT);
  }

  @Override
  public synchronized CompletableFuture<RedisLink.Open> open() {
    return client()
        .connectAsync(ByteArrayCodec.INSTANCE, uri)
        .toCompletableFuture()
        .thenApply(connection -> new RedisLink.Open(connection, connection.async()));
  }

  private RedisClient client() {
    if (client == null) {
      client = RedisClient.create();
      client.setOptions(Opener.neverAgain(ClientOptions.builder(), address).build());
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
