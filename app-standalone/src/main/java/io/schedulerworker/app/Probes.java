package io.schedulerworker.app;

import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Asks stores whether they are there, by a read that costs nothing. */
final class Probes {
  /** Nobody writes it. */
  private static final String KEY = "health-probe";

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Optional<Path> registryFile;
  private final KvStore config;
  private final KvStore jobs;
  private final Clock clock;

  Probes(Settings settings, Adapters adapters, Clock clock) {
    this.registryFile = settings.registryFile();
    this.config = adapters.store("config_kv", settings.configKv());
    this.jobs = adapters.store("jobs_kv", settings.jobsKv());
    this.clock = clock;
  }

  /** Fails if the registry's source is out of reach. */
  void config() {
    if (registryFile.isPresent()) {
      checkReadable(registryFile.get());
    } else {
      ask(config);
    }
  }

  /** Fails if JOBS_KV is out of reach. */
  void jobs() {
    ask(jobs);
  }

  private void ask(KvStore store) {
    Optional<?> unused = store.get(KEY, Deadline.in(PATIENCE, clock));
  }

  private static void checkReadable(Path file) {
    if (!Files.isReadable(file)) {
      throw new KvStoreException(
          KvStoreException.Kind.UNAVAILABLE, "the registry file cannot be read", null);
    }
  }
}
