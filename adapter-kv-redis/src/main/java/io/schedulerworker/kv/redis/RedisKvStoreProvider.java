package io.schedulerworker.kv.redis;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreProvider;
import java.util.Set;

/**
 * Opens {@code redis://}, {@code rediss://}, {@code redis-sentinel://} and {@code redis-cluster://}: a {@link RedisKvStore}.
 */
public final class RedisKvStoreProvider implements KvStoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public RedisKvStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("redis", "rediss", "redis-sentinel", "redis-cluster");
  }

  @Override
  public KvStore open(String uri, Clock clock) {
    return new RedisKvStore(RedisAddress.parse(uri), IndexScan.USUAL_PERIOD, clock);
  }
}
