package io.schedulerworker.testkit;

import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** A reference store, sound or broken, under the contracts. */
final class ReferenceHarness implements KvStoreHarness {
  private final SimulatedClock clock = new SimulatedClock(Instant.EPOCH);
  private final ReferenceKvStore store;

  ReferenceHarness(Function<Clock, ReferenceKvStore> factory) {
    this.store = factory.apply(clock);
  }

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
