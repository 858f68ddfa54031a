package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;

/**
 * One write. Equal only to itself, for two writes of the same value are two: the map's compare-and-set tells them apart.
 */
final class Item {
  /** As long as the monotonic clock can tell earlier from later, with a margin. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(36_500);

  private final String value;
  private final Version version;
  private final boolean mortal;
  private final long endNanos;

  Item(String value, Version version, Ttl ttl, Clock clock) {
    this.value = value;
    this.version = version;
    this.mortal =
        ttl.duration().filter(life -> life.compareTo(LONGEST_LIFE) < 0).isPresent();
    this.endNanos = mortal ? clock.nanoTime() + ttl.duration().orElseThrow().toNanos() : 0;
  }

  String value() {
    return value;
  }

  Version version() {
    return version;
  }

  boolean isOver(Clock clock) {
    return mortal && clock.nanoTime() - endNanos >= 0;
  }

  KvEntry entry(String key) {
    return new KvEntry(key, value, version);
  }
}
