/** The {@code KvStore} port on Redis. Holds no type yet: the adapter is still to be written. */
module io.schedulerworker.kv.redis {
  requires static org.jspecify;
}
