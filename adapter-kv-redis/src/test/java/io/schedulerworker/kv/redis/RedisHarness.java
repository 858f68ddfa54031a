package io.schedulerworker.kv.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.system.SystemClock;
import java.time.Duration;
import java.util.Optional;

/** The contracts' way to a store on a Redis server. */
final class RedisHarness implements KvStoreHarness {
  private static final String PREFIX = "test:";

  private final RedisServer server;
  private final KvStore store;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> raw;

  RedisHarness(RedisServer server) {
    this.server = server;
    this.store = open();
    this.client = RedisClient.create(server.uri(""));
    this.raw = client.connect();
  }

  private KvStore open() {
    return new RedisKvStoreProvider().open(server.uri("?prefix=" + PREFIX), new SystemClock());
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
    return Optional.ofNullable(raw.sync().get(PREFIX + key));
  }

  @Override
  public void rawPut(String key, String value) {
    raw.sync().set(PREFIX + key, value);
  }

  @Override
  public void close() {
    store.close();
    raw.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
