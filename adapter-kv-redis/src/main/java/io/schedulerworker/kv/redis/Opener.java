package io.schedulerworker.kv.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Opens connections. The client that it does it with is made for the first. */
interface Opener extends AutoCloseable {
  /** How long a server may take to accept a connection. */
  Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Fails if there is none to be had. */
  CompletableFuture<RedisLink.Open> open();

  @Override
  void close();

  static Opener of(RedisAddress address) {
    return address.kind() == RedisAddress.Kind.CLUSTER
        ? new ClusterOpener(address)
        : new ServerOpener(address);
  }

  /** A connection that broke stays broken: a client that mends it sends again whatever had no answer. */
  static <B extends ClientOptions.Builder> B neverAgain(B options, RedisAddress address) {
    options
        .autoReconnect(false)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build());
    address
        .authorities()
        .ifPresent(file -> options.sslOptions(
            SslOptions.builder().jdkSslProvider().trustManager(file).build()));
    return options;
  }
}
