package io.schedulerworker.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import org.jspecify.annotations.Nullable;

/**
 * Finds matching local times, a month at a time.
 *
 * <p>The Gregorian calendar repeats itself every 400 years, so what has not come by then never
 * will. The horizon belongs to the search, not to one call: a caller that goes on from a local time
 * that does not exist still ends.
 */
final class CalendarSearch {
  private static final int CALENDAR_CYCLE_YEARS = 400;

  private final CronFields fields;
  private final int lastYear;
  private int steps;

  CalendarSearch(CronFields fields, int firstYear) {
    this.fields = fields;
    this.lastYear = Math.min(firstYear + CALENDAR_CYCLE_YEARS, Year.MAX_VALUE);
  }

  /** How many months were looked at so far; what the search costs. */
  int steps() {
    return steps;
  }

  /** The first matching minute strictly after the given moment. */
  @Nullable
  LocalDateTime firstAfter(LocalDateTime moment) {
    return first(moment.toLocalDate(), minuteOfDay(moment) + 1);
  }

  /** The first matching minute at or after the given moment. */
  @Nullable
  LocalDateTime firstFrom(LocalDateTime moment) {
    boolean wholeMinute = moment.getSecond() == 0 && moment.getNano() == 0;
    return wholeMinute ? first(moment.toLocalDate(), minuteOfDay(moment)) : firstAfter(moment);
  }

  private static int minuteOfDay(LocalDateTime moment) {
    return moment.getHour() * 60 + moment.getMinute();
  }

  private @Nullable LocalDateTime first(LocalDate today, int minuteOfDay) {
    int timeToday = fields.timeFrom(minuteOfDay);
    int firstDay = timeToday == Bits.NONE ? today.getDayOfMonth() + 1 : today.getDayOfMonth();
    LocalDate date = firstDate(today.getYear(), today.getMonthValue(), firstDay);
    if (date == null) {
      return null;
    }
    int time = date.equals(today) ? timeToday : fields.timeFrom(0);
    return date.atTime(LocalTime.of(time / 60, time % 60));
  }

  private @Nullable LocalDate firstDate(int firstYear, int firstMonth, int firstDay) {
    int day = firstDay;
    int month = Bits.next(fields.months(), firstMonth);
    if (month != firstMonth) {
      day = 1;
    }
    for (int year = firstYear; year <= lastYear; year++) {
      while (month != Bits.NONE) {
        int found = firstDayOf(year, month, day);
        if (found != Bits.NONE) {
          return LocalDate.of(year, month, found);
        }
        day = 1;
        month = Bits.next(fields.months(), month + 1);
      }
      day = 1;
      month = Bits.next(fields.months(), 1);
    }
    return null;
  }

  private int firstDayOf(int year, int month, int day) {
    steps++;
    return Bits.next(Integer.toUnsignedLong(fields.daysIn(year, month)), day);
  }
}
