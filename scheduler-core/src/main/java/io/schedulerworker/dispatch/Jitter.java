package io.schedulerworker.dispatch;

import io.schedulerworker.model.TraceId;
import java.time.Duration;

/**
 * Spreads what would otherwise happen at one moment. A hash, not a draw: the same call waits equally long on every
 * replica and in every replay.
 */
final class Jitter {
  private static final int STEPS = 1 << 16;

  private Jitter() {}

  /** The delay, up to a quarter shorter or longer. */
  static Duration around(Duration delay, TraceId traceId, String kpiId, int attempt) {
    long hash = mix(31L * (31L * traceId.hashCode() + kpiId.hashCode()) + attempt);
    double share = (double) Math.floorMod(hash, STEPS) / STEPS;
    return Duration.ofNanos((long) (delay.toNanos() * (0.75 + share / 2)));
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input changes half of the output. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
