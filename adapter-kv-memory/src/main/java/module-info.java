/** The {@code KvStore} port without a server, behind {@code memory:} and {@code file:}. */
@SuppressWarnings("requires-automatic") // the engine has a name in its manifest, and no descriptor
module io.schedulerworker.kv.memory {
  requires transitive io.schedulerworker.core;
  requires com.h2database.mvstore;
  requires static org.jspecify;

  exports io.schedulerworker.kv.memory;

  provides io.schedulerworker.port.KvStoreProvider with
      io.schedulerworker.kv.memory.MemoryKvStoreProvider,
      io.schedulerworker.kv.memory.FileKvStoreProvider;
}
