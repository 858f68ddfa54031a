package io.schedulerworker.example;

import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The contracts' way to the store. */
final class MapHarness implements KvStoreHarness {
  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-23T09:00:00Z"));
  private final MapKvStore store = new MapKvStore(clock);

  @Override
  public KvStore store() {
    return store;
  }

  @Override
  public void advance(Duration span) {
    clock.advance(span);
  }

  @Override
  public Optional<String> rawGet(String key) {
    return store.rawGet(key);
  }

  @Override
  public void rawPut(String key, String value) {
    store.rawPut(key, value);
  }

  @Override
  public void close() {
    store.close();
  }
}
