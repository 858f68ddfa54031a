package io.schedulerworker.cron;

/** Small sets of small numbers, one bit for each. */
final class Bits {
  static final int NONE = -1;

  private Bits() {}

  static boolean has(long bits, int value) {
    return (bits >>> value & 1) != 0;
  }

  /** The smallest member that is not below {@code from}, or {@link #NONE}. */
  static int next(long bits, int from) {
    long rest = bits >>> from;
    return rest == 0 ? NONE : from + Long.numberOfTrailingZeros(rest);
  }
}
