package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Version;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * One value in a file, with what outlives the process of it.
 *
 * @param text where the value is
 * @param version the value's digest
 * @param endMillis when it expires, on the wall clock; {@link #NEVER} for never
 */
record StoredItem(StoredText text, Version version, long endMillis) {
  static final long NEVER = Long.MAX_VALUE;

  /** The end of a life that begins now, in milliseconds; rounded up, and for ever where the calendar ends. */
  static long end(Instant now, Duration life) {
    try {
      return now.plus(life).plusNanos(999_999).toEpochMilli();
    } catch (ArithmeticException | DateTimeException e) {
      return NEVER;
    }
  }

  boolean isOver(Instant now) {
    return endMillis != NEVER && now.toEpochMilli() >= endMillis;
  }
}
