package io.schedulerworker.kv.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.system.SystemClock;
import io.schedulerworker.testing.TcpProxy;
import java.time.Duration;
import java.util.Optional;

/** The contracts' way to a store on a Redis server or cluster. */
final class RedisHarness implements KvStoreHarness {
  private static final String PREFIX = "test:";

  private final String uri;
  private final KvStore store;
  private final AbstractRedisClient client;
  private final RedisClusterCommands<String, String> raw;

  private RedisHarness(
      String uri, AbstractRedisClient client, RedisClusterCommands<String, String> raw) {
    this.uri = uri;
    this.store = open();
    this.client = client;
    this.raw = raw;
  }

  static RedisHarness of(RedisServer server) {
    RedisClient client = RedisClient.create(server.uri(""));
    return new RedisHarness(server.uri(""), client, client.connect().sync());
  }

  /** The store behind a proxy, the foreign program beside it. */
  static RedisHarness behind(TcpProxy proxy, RedisServer server) {
    RedisClient client = RedisClient.create(server.uri(""));
    return new RedisHarness(
        "redis://127.0.0.1:" + proxy.port(), client, client.connect().sync());
  }

  static RedisHarness of(RedisCluster cluster) {
    RedisClusterClient client = cluster.newClient();
    return new RedisHarness(cluster.uri(""), client, client.connect().sync());
  }

  private KvStore open() {
    return new RedisKvStoreProvider().open(uri + "?prefix=" + PREFIX, new SystemClock());
  }

  @Override
  public KvStore store() {
    return store;
  }

  @Override
  public Optional<KvStore> openSecondHandle() {
    return Optional.of(open());
  }

  @Override
  public void advance(Duration span) {
    try {
      Thread.sleep(span.toMillis() + 1);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public Optional<String> rawGet(String key) {
    return Optional.ofNullable(raw.get(PREFIX + key));
  }

  @Override
  public void rawPut(String key, String value) {
    raw.set(PREFIX + key, value);
  }

  @Override
  public void close() {
    store.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
