package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.testing.SimulatedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** A store in a file of each test's own, and a clock that stands. */
abstract class FileStoreFixture {
  @TempDir
  Path folder;

  final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-23T09:00:00Z"));

  Path file() {
    return folder.resolve("data/jobs");
  }

  FileKvStore open() {
    return FileKvStore.open(file(), clock);
  }

  Deadline ample() {
    return Deadline.in(Duration.ofSeconds(30), clock);
  }

  void put(KvStore store, String key, String value) {
    store.put(key, value, Ttl.NONE, ample());
  }

  Optional<String> get(KvStore store, String key) {
    return store.get(key, ample()).map(KvEntry::value);
  }
}
