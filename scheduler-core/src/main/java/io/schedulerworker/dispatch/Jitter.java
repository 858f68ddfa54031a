package io.schedulerworker.dispatch;

import io.schedulerworker.model.TraceId;
import java.time.Duration;

/**
 * Spreads what would otherwise happen at one moment. A hash, not a draw: the same call waits equally long on every
 * replica and in every replay.
 */
public final class Jitter {
  private static final int STEPS = 1 << 16;

  private Jitter() {}

  /** The delay, up to a quarter shorter or longer. */
  static Duration around(Duration delay, TraceId traceId, String kpiId, int attempt) {
    double share = share(31L * (31L * traceId.value().hashCode() + kpiId.hashCode()) + attempt);
    return Duration.ofNanos((long) (delay.toNanos() * (0.75 + share / 2)));
  }

  /**
   * A number that looks drawn by lot, and is the same for the same seed.
   *
   * @param seed what it depends on; neighbours differ as much as others
   * @return from 0, which is included, to 1, which is not
   */
  public static double share(long seed) {
    return (double) Math.floorMod(mix(seed), STEPS) / STEPS;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input changes half of the output. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
