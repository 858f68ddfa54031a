package io.schedulerworker.kv.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens connections to all masters of a cluster, as they are now: after a failover others are. */
final class ClusterOpener implements Opener {
  private final RedisAddress address;
  private final List<RedisURI> seeds;
  private @Nullable RedisClusterClient client;

  ClusterOpener(RedisAddress address) {
    this.address = address;
    this.seeds = address.clientUris();
    seeds.forEach(uri -> uri.setTimeout(CONNECT_TIMEOUT));
  }

  @Override
  public synchronized CompletableFuture<RedisLink.Open> open() {
    RedisClusterClient opened = client();
    return opened
        .refreshPartitionsAsync()
        .toCompletableFuture()
        .thenCompose(seen -> opened.connectAsync(ByteArrayCodec.INSTANCE))
        .thenCompose(connection -> reachMasters(connection)
            .thenApply(reached -> new RedisLink.Open(connection, connection.async())));
  }

  /** A node whose connection is still being made takes no commands. One that cannot be reached fails those for its slots alone. */
  private static CompletableFuture<Void> reachMasters(
      StatefulRedisClusterConnection<byte[], byte[]> connection) {
    return CompletableFuture.allOf(connection.getPartitions().stream()
        .filter(node -> node.is(NodeFlag.UPSTREAM))
        .map(RedisClusterNode::getUri)
        .map(uri -> connection
            .getConnectionAsync(uri.getHost(), uri.getPort())
            .handle((reached, e) -> reached))
        .toArray(CompletableFuture[]::new));
  }

  private RedisClusterClient client() {
    if (client == null) {
      client = RedisClusterClient.create(seeds);
      // A slot that has moved is said by the node that had it, which has done nothing: that the
      // client follows it is safe.
      client.setOptions(
          Opener.neverAgain(ClusterClientOptions.builder(), address).build());
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
