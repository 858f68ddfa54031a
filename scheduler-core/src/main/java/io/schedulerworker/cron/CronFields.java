package io.schedulerworker.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * What an expression means on a calendar and a clock, before any time zone.
 *
 * @param minutes bits 0 to 59
 * @param hours bits 0 to 23
 * @param days both day fields
 * @param months bits 1 to 12
 * @param fixed whether neither the minute nor the hour holds a star or a step: then each local time
 *     is one that is meant, and is not lost when the clock changes
 */
record CronFields(long minutes, int hours, DayRule days, int months, boolean fixed) {
  private static final int MINUTES_OF_HOUR = 60;

  boolean matches(LocalDateTime minute) {
    return Bits.has(minutes, minute.getMinute())
        && Bits.has(hours, minute.getHour())
        && Bits.has(months, minute.getMonthValue())
        && Bits.has(daysIn(minute.getYear(), minute.getMonthValue()), minute.getDayOfMonth());
  }

  /** Bit d is set if day d of the month matches. */
  int daysIn(int year, int month) {
    LocalDate first = LocalDate.of(year, month, 1);
    return days.daysOf(first.lengthOfMonth(), first.getDayOfWeek().getValue() % 7 + 1);
  }

  /** The first minute of the day, 0 to 1439, that matches and is not below the given one. */
  int timeFrom(int minuteOfDay) {
    int hour = minuteOfDay / MINUTES_OF_HOUR;
    if (Bits.has(hours, hour)) {
      int minute = Bits.next(minutes, minuteOfDay % MINUTES_OF_HOUR);
      if (minute != Bits.NONE) {
        return hour * MINUTES_OF_HOUR + minute;
      }
    }
    return firstTimeOf(Bits.next(hours, hour + 1));
  }

  private int firstTimeOf(int hour) {
    return hour == Bits.NONE ? Bits.NONE : hour * MINUTES_OF_HOUR + Bits.next(minutes, 0);
  }
}
