package io.schedulerworker.cron;

/** The five fields of an expression, in the order they are written. */
enum Field {
  MINUTE("minute", 0, 59, "", ""),
  HOUR("hour", 0, 23, "", ""),
  DAY_OF_MONTH("day of month", 1, 31, "", ", or one of L, L-3, LW, L-3W, 15W"),
  MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC", ""),
  DAY_OF_WEEK("day of week", 1, 7, "SUN MON TUE WED THU FRI SAT", ", or one of L, 6L, 6#3");

  static final int COUNT = 5;
  static final String ORDER = "minute hour day-of-month month day-of-week";
  static final int NAME_LENGTH = 3;

  final String label;
  final int min;
  final int max;

  /** Three letters for each value, and a space after each. */
  private final String names;

  private final String loneForms;

  Field(String label, int min, int max, String names, String loneForms) {
    this.label = label;
    this.min = min;
    this.max = max;
    this.names = names;
    this.loneForms = loneForms;
  }

  static Field at(int index) {
    return values()[index];
  }

  boolean hasNames() {
    return !names.isEmpty();
  }

  boolean isDay() {
    return this == DAY_OF_MONTH || this == DAY_OF_WEEK;
  }

  /** The dialect bounds a step by the distance between the ends, not by the number of values. */
  int maxStep() {
    return max - min;
  }

  /** The value of a name in any letter case, or -1. */
  int valueOfName(String name) {
    for (int start = 0; start < names.length(); start += NAME_LENGTH + 1) {
      if (name.equalsIgnoreCase(names.substring(start, start + NAME_LENGTH))) {
        return min + start / (NAME_LENGTH + 1);
      }
    }
    return -1;
  }

  /** One bit for each value met on the walk from one value to another, round the end if need be. */
  long bits(int from, int to, int step) {
    int count = max - min + 1;
    int distance = Math.floorMod(to - from, count);
    long bits = 0;
    for (int walked = 0; walked <= distance; walked += step) {
      bits |= 1L << (min + (from - min + walked) % count);
    }
    return bits;
  }

  String allowedValues() {
    String range = min + "-" + max;
    return switch (this) {
      case MONTH -> range + " or JAN-DEC";
      case DAY_OF_WEEK -> range + " or SUN-SAT (1 is Sunday and 7 is Saturday here)";
      default -> range;
    };
  }

  String allowedForms() {
    return "*, values " + allowedValues() + ", ranges, steps and lists of them" + loneForms;
  }
}
