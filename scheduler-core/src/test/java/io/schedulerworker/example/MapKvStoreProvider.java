package io.schedulerworker.example;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreProvider;
import java.util.Set;

/** Opens {@code map:}. */
public final class MapKvStoreProvider implements KvStoreProvider {
  @Override
  public Set<String> schemes() {
    return Set.of("map");
  }

  @Override
  public KvStore open(String uri, Clock clock) {
    return new MapKvStore(clock);
  }
}
