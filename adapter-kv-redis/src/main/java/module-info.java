/** The {@code KvStore} port on Redis, behind {@code redis:} and {@code rediss:}. */
@SuppressWarnings("requires-automatic") // the client has a name in its manifest, and no descriptor
module io.schedulerworker.kv.redis {
  requires transitive io.schedulerworker.core;
  requires lettuce.core;
  requires static org.jspecify;

  exports io.schedulerworker.kv.redis;

  provides io.schedulerworker.port.KvStoreProvider with
      io.schedulerworker.kv.redis.RedisKvStoreProvider;
}
