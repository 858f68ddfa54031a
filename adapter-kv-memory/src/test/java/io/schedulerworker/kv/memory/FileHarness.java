package io.schedulerworker.kv.memory;

import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.testing.SimulatedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A store in a file of its own. What is past the adapter is the adapter itself: nobody else can have the file. */
final class FileHarness implements KvStoreHarness {
  private static final Duration AMPLE = Duration.ofSeconds(30);

  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-23T09:00:00Z"));
  private final FileKvStore store;

  FileHarness(Path folder) {
    store = FileKvStore.open(folder.resolve("store-" + System.nanoTime()), clock);
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
    return store.get(key, Deadline.in(AMPLE, clock)).map(KvEntry::value);
  }

  @Override
  public void rawPut(String key, String value) {
    store.put(key, value, Ttl.NONE, Deadline.in(AMPLE, clock));
  }

  @Override
  public void close() {
    store.close();
  }
}
