package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreProvider;
import java.util.Set;

/** Opens {@code memory:}, each time a new and empty {@link MemoryKvStore}. */
public final class MemoryKvStoreProvider implements KvStoreProvider {
  private static final String SCHEME = "memory";

  /** For {@link java.util.ServiceLoader}. */
  public MemoryKvStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of(SCHEME);
  }

  @Override
  public KvStore open(String uri, Clock clock) {
    if (!uri.equalsIgnoreCase(SCHEME + ":")) {
      throw new IllegalArgumentException(
          "the store in memory is called memory: and nothing follows the colon; it forgets everything at exit");
    }
    return new MemoryKvStore(clock);
  }
}
