package io.schedulerworker.cron;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A schedule in plain English.
 *
 * <p>It is made from the meaning and not from the text, so two texts that mean the same read the
 * same and nothing the dialect reads oddly is read differently here.
 */
final class Description {
  private static final int MOST_CLOCK_TIMES = 6;
  private static final int MINUTES_OF_HOUR = 60;
  private static final int EVERY_HOUR = (1 << 24) - 1;
  private static final int EVERY_MONTH = (1 << 13) - 2;

  /** Any start will do: the calendar repeats itself. */
  private static final LocalDateTime ANY_MOMENT = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final CronFields fields;

  Description(CronFields fields) {
    this.fields = fields;
  }

  String text() {
    String text = times() + dates();
    return neverComes() ? text + " (there is no such day: it never fires)" : text;
  }

  private boolean neverComes() {
    CalendarSearch calendar = new CalendarSearch(fields, ANY_MOMENT.getYear());
    return calendar.firstFrom(ANY_MOMENT) == null;
  }

  private String dates() {
    boolean everyDay = fields.days() instanceof DayRule.EveryDay;
    boolean everyMonth = fields.months() == EVERY_MONTH;
    if (everyMonth) {
      return everyDay ? "" : ", " + fields.days().words();
    }
    String months = Words.months(fields.months());
    return ", " + fields.days().words() + (everyDay ? " " : ", ") + months;
  }

  private String times() {
    int clockTimes = Long.bitCount(fields.minutes()) * Integer.bitCount(fields.hours());
    if (clockTimes <= MOST_CLOCK_TIMES) {
      return "At " + clockTimes();
    }
    int interval = evenInterval();
    return interval == 0
        ? "At " + Words.numbers("minute", fields.minutes()) + " of " + hours()
        : every(interval) + span(MINUTES_OF_HOUR - interval);
  }

  private static String every(int interval) {
    return interval == 1 ? "Every minute" : "Every " + interval + " minutes";
  }

  /** The distance of minutes that go evenly round the hour from its beginning, or 0. */
  private int evenInterval() {
    for (int interval = 1; interval <= MINUTES_OF_HOUR / 2; interval++) {
      if (MINUTES_OF_HOUR % interval == 0
          && Field.MINUTE.bits(0, Field.MINUTE.max, interval) == fields.minutes()) {
        return interval;
      }
    }
    return 0;
  }

  /** The hours in which an even interval goes on, up to its last minute of the last hour. */
  private String span(int lastMinute) {
    if (fields.hours() == EVERY_HOUR) {
      return "";
    }
    int first = Bits.next(fields.hours(), 0);
    Run run = Integer.bitCount(fields.hours()) == 1
        ? new Run(first, first)
        : Run.of(fields.hours(), Field.HOUR);
    return run == null
        ? " of " + hours()
        : " from " + clock(run.first(), 0) + " to " + clock(run.last(), lastMinute);
  }

  private String hours() {
    if (fields.hours() == EVERY_HOUR) {
      return "every hour";
    }
    Run run = Run.of(fields.hours(), Field.HOUR);
    return run == null
        ? Words.numbers("hour", fields.hours())
        : "every hour from " + run.first() + " to " + run.last();
  }

  private String clockTimes() {
    List<String> times = new ArrayList<>();
    int time = fields.timeFrom(0);
    while (time != Bits.NONE) {
      times.add(clock(time / MINUTES_OF_HOUR, time % MINUTES_OF_HOUR));
      time = fields.timeFrom(time + 1);
    }
    return Words.list(times);
  }

  private static String clock(int hour, int minute) {
    return String.format("%02d:%02d", hour, minute);
  }
}
