package io.schedulerworker.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The dialect a second time, word by word from its description and as plainly as can be: the oracle
 * that the production code is held against. It takes valid expressions only.
 */
final class PlainCron {
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private final Set<Integer> minutes;
  private final Set<Integer> hours;
  private final String dayOfMonth;
  private final Set<Integer> months;
  private final String dayOfWeek;
  final boolean fixed;

  PlainCron(String expression) {
    String[] fields = expression.split("[ \t]+", -1);
    minutes = values(fields[0], 0, 59, List.of());
    hours = values(fields[1], 0, 23, List.of());
    dayOfMonth = fields[2];
    months = values(fields[3], 1, 12, MONTHS);
    dayOfWeek = fields[4];
    fixed = !(fields[0] + fields[1]).matches(".*[*/].*");
  }

  boolean matches(LocalDateTime local) {
    return minutes.contains(local.getMinute())
        && hours.contains(local.getHour())
        && matches(local.toLocalDate());
  }

  private boolean matches(LocalDate date) {
    if (!months.contains(date.getMonthValue())) {
      return false;
    }
    boolean anyDayOfMonth = dayOfMonth.equals("*");
    boolean anyDayOfWeek = dayOfWeek.equals("*");
    if (anyDayOfMonth && anyDayOfWeek) {
      return true;
    }
    return (!anyDayOfMonth && matchesDayOfMonth(date)) || (!anyDayOfWeek && matchesDayOfWeek(date));
  }

  private boolean matchesDayOfMonth(LocalDate date) {
    int length = date.lengthOfMonth();
    if (dayOfMonth.startsWith("L")) {
      String offset = dayOfMonth.replaceAll("[LW-]", "");
      int day = length - (offset.isEmpty() ? 0 : Integer.parseInt(offset));
      return dayOfMonth.endsWith("W") ? isNearestWeekday(date, day) : date.getDayOfMonth() == day;
    }
    if (dayOfMonth.endsWith("W")) {
      return isNearestWeekday(date, Integer.parseInt(dayOfMonth.replace("W", "")));
    }
    return values(dayOfMonth, 1, 31, List.of()).contains(date.getDayOfMonth());
  }

  /** Looks at every Monday to Friday of the month and takes the one with the least distance. */
  private static boolean isNearestWeekday(LocalDate date, int target) {
    int length = date.lengthOfMonth();
    if (target < 1 || target > length) {
      return false;
    }
    int best = -100;
    for (int day = 1; day <= length; day++) {
      boolean work = date.withDayOfMonth(day).getDayOfWeek().getValue() <= 5;
      if (work && Math.abs(day - target) < Math.abs(best - target)) {
        best = day;
      }
    }
    return date.getDayOfMonth() == best;
  }

  private boolean matchesDayOfWeek(LocalDate date) {
    int weekday = date.getDayOfWeek().getValue() % 7 + 1;
    if (dayOfWeek.equals("L")) {
      return weekday == 7;
    }
    if (dayOfWeek.endsWith("L")) {
      int wanted = value(dayOfWeek.substring(0, dayOfWeek.length() - 1), WEEKDAYS);
      return weekday == wanted && date.plusDays(7).getMonthValue() != date.getMonthValue();
    }
    if (dayOfWeek.contains("#")) {
      String[] parts = dayOfWeek.split("#", -1);
      int nth = (date.getDayOfMonth() + 6) / 7;
      return weekday == value(parts[0], WEEKDAYS) && nth == Integer.parseInt(parts[1]);
    }
    return values(dayOfWeek, 1, 7, WEEKDAYS).contains(weekday);
  }

  private static Set<Integer> values(String field, int min, int max, List<String> names) {
    if (field.equals("*")) {
      return IntStream.rangeClosed(min, max).boxed().collect(Collectors.toSet());
    }
    Set<Integer> values = new TreeSet<>();
    for (String element : field.split(",", -1)) {
      String[] rangeAndStep = element.replace("*", Integer.toString(min)).split("/", -1);
      String[] ends = rangeAndStep[0].split("-", -1);
      boolean stepped = rangeAndStep.length > 1;
      int step = stepped ? Integer.parseInt(rangeAndStep[1]) : 1;
      int value = value(ends[0], names);
      int last = ends.length > 1 ? value(ends[1], names) : stepped ? max : value;
      int wait = 0;
      while (true) {
        if (wait == 0) {
          values.add(value);
          wait = step;
        }
        if (value == last) {
          break;
        }
        value = value == max ? min : value + 1;
        wait--;
      }
    }
    return values;
  }

  private static int value(String text, List<String> names) {
    int name = names.indexOf(text.toUpperCase(Locale.ROOT));
    return name >= 0 ? name + 1 : Integer.parseInt(text);
  }
}
