package io.schedulerworker.cron;

import org.jspecify.annotations.Nullable;

/** Four numbers or more at even distances of two or more: {@code 0 7 14 21 28}. */
record Progression(int first, int last, int step) {
  private static final int SHORTEST = 4;

  /** The set as one progression, or null if it is none. */
  static @Nullable Progression of(long bits) {
    int first = Bits.next(bits, 0);
    int second = Bits.next(bits, first + 1);
    int step = second - first;
    if (Long.bitCount(bits) < SHORTEST || step < 2) {
      return null;
    }
    int last = Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    long expected = 0;
    for (int number = first; number <= last; number += step) {
      expected |= 1L << number;
    }
    return expected == bits ? new Progression(first, last, step) : null;
  }

  String words(String noun) {
    return "every " + ordinal(step) + " " + noun + " from " + first + " to " + last;
  }

  /** Of a step, which is 19 at most: no four minutes are further apart. */
  private static String ordinal(int number) {
    return switch (number) {
      case 2 -> "2nd";
      case 3 -> "3rd";
      default -> number + "th";
    };
  }
}
