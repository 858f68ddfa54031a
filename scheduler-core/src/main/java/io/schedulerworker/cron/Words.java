package io.schedulerworker.cron;

import java.util.ArrayList;
import java.util.List;

/** Sets of numbers, months and weekdays in English. */
final class Words {
  private static final int DAYS_OF_WEEK = 7;
  private static final long MONDAY_TO_FRIDAY = 0b01111100;
  private static final long WHOLE_WEEK = 0b11111110;
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth");
  private static final List<String> WEEKDAYS =
      List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
  private static final List<String> MONTHS = List.of(
      "January",
      "February",
      "March",
      "April",
      "May",
      "June",
      "July",
      "August",
      "September",
      "October",
      "November",
      "December");

  private Words() {}

  static String ordinal(int number) {
    return ORDINALS.get(number - 1);
  }

  static String weekday(int weekday) {
    return WEEKDAYS.get(weekday - 1);
  }

  /** Weekdays as a plural; the week begins on Monday here, as people list it. */
  static String weekdays(long weekdays) {
    if (weekdays == MONDAY_TO_FRIDAY) {
      return "weekdays Monday to Friday";
    }
    if (weekdays == WHOLE_WEEK) {
      return "any day of the week";
    }
    Run run = Run.of(weekdays, Field.DAY_OF_WEEK);
    if (run != null) {
      return "the days " + weekday(run.first()) + " to " + weekday(run.last());
    }
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= DAYS_OF_WEEK; i++) {
      int weekday = i % DAYS_OF_WEEK + 1;
      if (Bits.has(weekdays, weekday)) {
        names.add(weekday(weekday) + "s");
      }
    }
    return list(names);
  }

  static String months(long months) {
    Run run = Run.of(months, Field.MONTH);
    if (run != null) {
      return "from " + MONTHS.get(run.first() - 1) + " to " + MONTHS.get(run.last() - 1);
    }
    List<String> names = new ArrayList<>();
    for (int month = Bits.next(months, 1); month > 0; month = Bits.next(months, month + 1)) {
      names.add(MONTHS.get(month - 1));
    }
    return "in " + list(names);
  }

  /** A noun with its numbers, such as {@code days 1, 5 to 8 and 31}. */
  static String numbers(String noun, long numbers) {
    Progression steps = Progression.of(numbers);
    if (steps != null) {
      return steps.words(noun);
    }
    List<String> parts = new ArrayList<>();
    int start = Bits.next(numbers, 0);
    while (start != Bits.NONE) {
      int end = Bits.next(~numbers, start) - 1;
      addStretch(parts, start, end);
      start = Bits.next(numbers, end + 1);
    }
    return (Long.bitCount(numbers) == 1 ? noun : noun + "s") + " " + list(parts);
  }

  private static void addStretch(List<String> parts, int start, int end) {
    if (end - start >= 2) {
      parts.add(start + " to " + end);
      return;
    }
    for (int number = start; number <= end; number++) {
      parts.add(Integer.toString(number));
    }
  }

  /** The parts as {@code a, b and c}. */
  static String list(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }
}
