package io.schedulerworker.kv.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three masters that are one cluster, as processes of their own. */
final class RedisCluster implements AutoCloseable {
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;
  private static final Duration START = Duration.ofSeconds(30);

  /** The nodes speak with each other at a port so much higher. */
  private static final int BUS = 10_000;

  private final List<RedisServer> servers = new ArrayList<>();

  private RedisCluster() {}

  static RedisCluster start(Path directory) throws InterruptedException {
    RedisCluster cluster = new RedisCluster();
    for (int i = 0; i < MASTERS; i++) {
      int port = port();
      cluster.servers.add(RedisServer.startAt(
          port,
          directory,
          "--cluster-enabled",
          "yes",
          "--cluster-config-file",
          "nodes-" + port + ".conf"));
    }
    cluster.join();
    return cluster;
  }

  private static int port() {
    int port = RedisServer.freePort();
    while (port + BUS > 65_535) {
      port = RedisServer.freePort();
    }
    return port;
  }

  private void join() throws InterruptedException {
    for (int i = 0; i < MASTERS; i++) {
      int[] slots =
          IntStream.range(i * SLOTS / MASTERS, (i + 1) * SLOTS / MASTERS).toArray();
      RedisClient client = RedisClient.create(servers.get(i).uri(""));
      RedisCommands<String, String> node = client.connect().sync();
      node.clusterAddSlots(slots);
      node.clusterMeet("127.0.0.1", servers.get(0).port());
      long end = System.nanoTime() + START.toNanos();
      // The first one is whole only when the others have joined it.
      while (i == MASTERS - 1 && !isWhole()) {
        if (System.nanoTime() > end) {
          throw new AssertionError("the cluster does not come together: " + node.clusterInfo());
        }
        Thread.sleep(50);
      }
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  private boolean isWhole() {
    return servers.stream().allMatch(server -> {
      RedisClient client = RedisClient.create(server.uri(""));
      RedisCommands<String, String> node = client.connect().sync();
      boolean whole = node.clusterInfo().contains("cluster_state:ok")
          && node.clusterNodes()
                  .lines()
                  .filter(line -> line.contains("connected"))
                  .count()
              == MASTERS;
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
      return whole;
    });
  }

  List<RedisServer> servers() {
    return List.copyOf(servers);
  }

  String uri(String path) {
    return servers.stream()
            .map(server -> "127.0.0.1:" + server.port())
            .collect(Collectors.joining(",", "redis-cluster://", ""))
        + path;
  }

  RedisClusterClient newClient() {
    return RedisClusterClient.create(RedisURI.create(servers.get(0).uri("")));
  }

  @Override
  public void close() {
    servers.forEach(RedisServer::close);
  }
}
