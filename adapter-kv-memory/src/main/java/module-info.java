/** The {@code KvStore} port in the memory of this process, behind {@code memory:}. */
module io.schedulerworker.kv.memory {
  requires transitive io.schedulerworker.core;
  requires static org.jspecify;

  exports io.schedulerworker.kv.memory;

  provides io.schedulerworker.port.KvStoreProvider with
      io.schedulerworker.kv.memory.MemoryKvStoreProvider;
}
