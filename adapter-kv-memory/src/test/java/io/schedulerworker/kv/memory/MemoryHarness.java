package io.schedulerworker.kv.memory;

import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

final class MemoryHarness implements KvStoreHarness {
  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-23T09:00:00Z"));
  private final MemoryKvStore store = new MemoryKvStore(clock);

  @Override
  public KvStore store() {
    return store;
  }

  @Override
  public void advance(Duration span) {
    clock.advance(span);
    // Only monotonic time counts.
    clock.setWallTime(Instant.EPOCH);
  }

  @Override
  public Optional<String> rawGet(String key) {
    return Optional.ofNullable(store.items().get(key)).map(Item::value);
  }

  @Override
  public void rawPut(String key, String value) {
    store.items().put(key, new Item(value, ValueVersion.of(value, () -> {}), Ttl.NONE, clock));
  }

  @Override
  public void close() {
    store.close();
  }
}
