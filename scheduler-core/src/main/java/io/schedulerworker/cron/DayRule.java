package io.schedulerworker.cron;

/**
 * Which days of a month an expression means.
 *
 * <p>Weekdays count as in the dialect, 1 is Sunday and 7 is Saturday. Sets of days are bits, bit 1
 * is the first of the month; a rule may set bits beyond the month's length only through {@link
 * Listed} and {@link Weekdays}, {@link #daysOf} cuts them off.
 */
sealed interface DayRule {
  int SUNDAY = 1;
  int SATURDAY = 7;

  /** Days of a month that may be longer than it is. */
  int candidates(int monthLength, int firstWeekday);

  /** The rule in English, as it reads after a comma. */
  String words();

  default int daysOf(int monthLength, int firstWeekday) {
    return candidates(monthLength, firstWeekday) & (int) ((2L << monthLength) - 1);
  }

  /** The two day fields as one rule: a star leaves the choice to the other, else either will do. */
  static DayRule of(DayRule daysOfMonth, DayRule daysOfWeek) {
    if (daysOfMonth instanceof EveryDay) {
      return daysOfWeek;
    }
    return daysOfWeek instanceof EveryDay ? daysOfMonth : new Either(daysOfMonth, daysOfWeek);
  }

  private static int weekdayOf(int day, int firstWeekday) {
    return (firstWeekday - 1 + day - 1) % 7 + 1;
  }

  private static int firstDayOn(int weekday, int firstWeekday) {
    return 1 + Math.floorMod(weekday - firstWeekday, 7);
  }

  /** The Monday to Friday nearest to a day, without leaving the month. */
  private static int nearestWorkday(int day, int monthLength, int firstWeekday) {
    return switch (weekdayOf(day, firstWeekday)) {
      case SATURDAY -> day == 1 ? day + 2 : day - 1;
      case SUNDAY -> day == monthLength ? day - 2 : day + 1;
      default -> day;
    };
  }

  /** A lone star. */
  record EveryDay() implements DayRule {
    @Override
    public int candidates(int monthLength, int firstWeekday) {
      return -1 << 1;
    }

    @Override
    public String words() {
      return "every day";
    }
  }

  /** Days by number. */
  record Listed(int days) implements DayRule {
    @Override
    public int candidates(int monthLength, int firstWeekday) {
      return days;
    }

    @Override
    public String words() {
      return "on " + Words.numbers("day", Integer.toUnsignedLong(days)) + " of the month";
    }
  }

  /** {@code L} and {@code L-n}; a month too short for the offset has no such day. */
  record FromLast(int offset) implements DayRule {
    @Override
    public int candidates(int monthLength, int firstWeekday) {
      return offset < monthLength ? 1 << (monthLength - offset) : 0;
    }

    @Override
    public String words() {
      return offset == 0 ? "on " + noun() : noun();
    }

    String noun() {
      String last = "the last day of the month";
      return switch (offset) {
        case 0 -> last;
        case 1 -> "1 day before " + last;
        default -> offset + " days before " + last;
      };
    }
  }

  /** {@code nW}. */
  record NearestWorkday(int day) implements DayRule {
    @Override
    public int candidates(int monthLength, int firstWeekday) {
      return day <= monthLength ? 1 << nearestWorkday(day, monthLength, firstWeekday) : 0;
    }

    @Override
    public String words() {
      return "on the weekday (Monday to Friday) nearest to day " + day + " of the month";
    }
  }

  /** {@code LW} and {@code L-nW}. */
  record NearestWorkdayFromLast(int offset) implements DayRule {
    @Override
    public int candidates(int monthLength, int firstWeekday) {
      int day = monthLength - offset;
      return day >= 1 ? 1 << nearestWorkday(day, monthLength, firstWeekday) : 0;
    }

    @Override
    public String words() {
      return offset == 0
          ? "on the last weekday (Monday to Friday) of the month"
          : "on the weekday (Monday to Friday) nearest to " + new FromLast(offset).noun();
    }
  }

  /** Weekdays of every week; bit 1 is Sunday. */
  record Weekdays(int weekdays) implements DayRule {
    @Override
    public int candidates(int monthLength, int firstWeekday) {
      int fromSunday = weekdays >>> 1;
      int fromFirst = fromSunday >>> (firstWeekday - 1) | fromSunday << (8 - firstWeekday);
      int week = (fromFirst & 0x7F) << 1;
      return week | week << 7 | week << 14 | week << 21 | week << 28;
    }

    @Override
    public String words() {
      return "on " + Words.weekdays(weekdays);
    }
  }

  /** {@code dL}. */
  record LastWeekday(int weekday) implements DayRule {
    @Override
    public int candidates(int monthLength, int firstWeekday) {
      int first = firstDayOn(weekday, firstWeekday);
      return 1 << (first + (monthLength - first) / 7 * 7);
    }

    @Override
    public String words() {
      return "on the last " + Words.weekday(weekday) + " of the month";
    }
  }

  /** {@code d#n}; a month may lack a fifth. */
  record NthWeekday(int weekday, int nth) implements DayRule {
    @Override
    public int candidates(int monthLength, int firstWeekday) {
      int day = firstDayOn(weekday, firstWeekday) + 7 * (nth - 1);
      return day <= monthLength ? 1 << day : 0;
    }

    @Override
    public String words() {
      return "on the " + Words.ordinal(nth) + " " + Words.weekday(weekday) + " of the month";
    }
  }

  /** Both day fields restricted. */
  record Either(DayRule daysOfMonth, DayRule daysOfWeek) implements DayRule {
    @Override
    public int candidates(int monthLength, int firstWeekday) {
      return daysOfMonth.candidates(monthLength, firstWeekday)
          | daysOfWeek.candidates(monthLength, firstWeekday);
    }

    @Override
    public String words() {
      return daysOfMonth.words() + " or " + daysOfWeek.words();
    }
  }
}
