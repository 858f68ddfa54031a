package io.schedulerworker.dispatch;

import io.schedulerworker.model.Lot;
import io.schedulerworker.model.TraceId;
import java.time.Duration;

/**
 * Spreads retries that would otherwise hit a host at the same moment. A hash, not a draw: the same call waits equally
 * long on every replica and in every replay.
 */
final class Jitter {
  private Jitter() {}

  /** The delay, up to a quarter shorter or longer. */
  static Duration around(Duration delay, TraceId traceId, String kpiId, int attempt) {
    long seed = 31L * (31L * traceId.value().hashCode() + kpiId.hashCode()) + attempt;
    return Duration.ofNanos((long) (delay.toNanos() * (0.75 + Lot.of(seed) / 2)));
  }
}
