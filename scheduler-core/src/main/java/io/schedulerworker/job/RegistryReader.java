package io.schedulerworker.job;

import io.schedulerworker.json.RegistryJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.RegistrySource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the registry anew for each job. While its source is out of reach, the last good one stands in for some time: a
 * registry changes rarely, and a missed fire is worse than a call by yesterday's list. Thread-safe.
 */
final class RegistryReader {
  private final RegistrySource source;
  private final Clock clock;
  private final Duration maxAge;
  private final JobListener listener;
  private volatile @Nullable LastGood lastGood;

  RegistryReader(RegistrySource source, Clock clock, Duration maxAge, JobListener listener) {
    this.source = source;
    this.clock = clock;
    this.maxAge = maxAge;
    this.listener = listener;
  }

  /** The registry as it is now, or as it was; no job if it is missing or no registry. */
  KpiRegistry read(Deadline deadline) {
    try {
      return refresh(deadline);
    } catch (KvStoreException e) {
      return standIn(e);
    }
  }

  /** The registry as it is now; no job if it is missing or no registry. */
  KpiRegistry refresh(Deadline deadline) {
    try {
      KpiRegistry registry =
          source.read(deadline).map(RegistryJson::read).orElseThrow(RegistryReader::missing);
      lastGood = new LastGood(registry, clock.nanoTime());
      return registry;
    } catch (FormatException e) {
      throw new NoJobException(SkipReason.REGISTRY, String.valueOf(e.getMessage()));
    }
  }

  /** Whether there is one to stand in if the source were out of reach now. */
  boolean hasStandIn() {
    LastGood last = lastGood;
    return last != null && age(last).compareTo(maxAge) <= 0;
  }

  private KpiRegistry standIn(KvStoreException failure) {
    LastGood last = lastGood;
    if (last == null || age(last).compareTo(maxAge) > 0) {
      throw failure;
    }
    listener.registryStandsIn(age(last), failure);
    return last.registry;
  }

  private Duration age(LastGood last) {
    return Duration.ofNanos(clock.nanoTime() - last.readAt);
  }

  private static NoJobException missing() {
    return new NoJobException(
        SkipReason.REGISTRY,
        "there is no registry: CONFIG_KV has nothing under the key \"" + KpiRegistry.KEY + "\"");
  }

  /** A registry, and when it was read in monotonic nanoseconds. */
  private record LastGood(KpiRegistry registry, long readAt) {}
}
