package io.schedulerworker.cron;

import java.util.List;
import java.util.Random;

/** Random expressions. */
final class Expressions {
  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "mon", "Fri");
  private static final List<String> MONTHS = List.of("JAN", "FEB", "mar", "Apr", "SEP", "DEC");

  /** The letters, digits and marks of the dialect and some that only others know. */
  static final String ALPHABET = "0123456789*/-,#LWlw?+.@H \t\nMONFRIsunjan";

  private Expressions() {}

  /** Any valid expression. */
  static String any(Random random) {
    return String.join(
        random.nextInt(9) == 0 ? " \t " : " ",
        values(random, 0, 59, List.of()),
        values(random, 0, 23, List.of()),
        dayOfMonth(random),
        values(random, 1, 12, MONTHS),
        dayOfWeek(random));
  }

  /** A valid expression that often fires in the first hours of a day, where clocks change. */
  static String nightly(Random random) {
    String minute = random.nextBoolean()
        ? values(random, 0, 59, List.of())
        : pick(random, "*", "0", "30", "*/15", "0,30", "0-59", "59", "5,*");
    String hour =
        pick(random, "*", "0", "1", "2", "3", "23", "0-3", "22-2", "*/2", "1/2", "0,2,3", "2-3");
    String date = pick(
        random, "* * *", "* * *", "* * *", "* * SUN", "*/2 * *", "L * 1", "15W * 1#1", "* * 2-7");
    return minute + " " + hour + " " + date;
  }

  private static String dayOfMonth(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> "L";
      case 1 -> "LW";
      case 2 -> "L-" + between(random, 1, 30);
      case 3 -> "L-" + between(random, 1, 30) + "W";
      case 4, 5 -> between(random, 1, 31) + "W";
      case 6, 7, 8 -> "*";
      default -> values(random, 1, 31, List.of());
    };
  }

  private static String dayOfWeek(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> "L";
      case 1 -> value(random, 1, 7, WEEKDAYS) + "L";
      case 2, 3 -> value(random, 1, 7, WEEKDAYS) + "#" + between(random, 1, 5);
      case 4, 5, 6 -> "*";
      default -> values(random, 1, 7, WEEKDAYS);
    };
  }

  private static String values(Random random, int min, int max, List<String> names) {
    if (random.nextInt(3) == 0) {
      return "*";
    }
    StringBuilder list = new StringBuilder(element(random, min, max, names, false));
    while (random.nextInt(3) == 0) {
      list.append(',').append(element(random, min, max, names, true));
    }
    return list.toString();
  }

  private static String element(
      Random random, int min, int max, List<String> names, boolean later) {
    String step = "/" + between(random, 1, max - min);
    String value = value(random, min, max, names);
    return switch (random.nextInt(later ? 9 : 6)) {
      case 0, 1 -> value;
      case 2 -> value + "-" + value(random, min, max, names);
      case 3 -> value + "-" + value(random, min, max, names) + step;
      case 4 -> value + step;
      case 5 -> "*" + step;
      case 6 -> "*";
      case 7 -> "*-" + value;
      default -> "*-" + value + step;
    };
  }

  private static String value(Random random, int min, int max, List<String> names) {
    if (!names.isEmpty() && random.nextInt(3) == 0) {
      return names.get(random.nextInt(names.size()));
    }
    return (random.nextInt(8) == 0 ? "0" : "") + between(random, min, max);
  }

  private static int between(Random random, int min, int max) {
    return min + random.nextInt(max - min + 1);
  }

  static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The text with one to three characters changed, added or dropped. */
  static String damaged(Random random, String text) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int position = random.nextInt(damaged.length() + 1);
      String c = String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      int end = Math.min(position + random.nextInt(2), damaged.length());
      damaged.replace(position, end, random.nextInt(3) == 0 ? "" : c);
    }
    return damaged.toString();
  }

  /** Up to 20 characters of the alphabet. */
  static String noise(Random random) {
    StringBuilder noise = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      noise.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return noise.toString();
  }
}
