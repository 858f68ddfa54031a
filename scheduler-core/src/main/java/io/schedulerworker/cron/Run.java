package io.schedulerworker.cron;

import org.jspecify.annotations.Nullable;

/** Three values or more in a row on a field's circle, not all of it: {@code 22 23 0 1 2}. */
record Run(int first, int last) {
  private static final int SHORTEST = 3;

  /** The set as one run, or null if it is none. */
  static @Nullable Run of(long bits, Field field) {
    int length = Long.bitCount(bits);
    int circle = field.max - field.min + 1;
    if (length < SHORTEST || length == circle) {
      return null;
    }
    for (int first = field.min; first <= field.max; first++) {
      int last = field.min + (first - field.min + length - 1) % circle;
      if (field.bits(first, last, 1) == bits) {
        return new Run(first, last);
      }
    }
    return null;
  }
}
