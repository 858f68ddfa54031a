package io.schedulerworker.model;

/** Spreads what would otherwise happen at one moment, by a hash: the same on every replica and in every replay. */
public final class Lot {
  private static final int STEPS = 1 << 16;

  private Lot() {}

  /**
   * A number that looks drawn by lot, and is the same for the same seed.
   *
   * @param seed what it depends on; neighbours differ as much as others
   * @return from 0, which is included, to 1, which is not
   */
  public static double of(long seed) {
    return (double) Math.floorMod(mix(seed), STEPS) / STEPS;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input changes half of the output. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
