package io.schedulerworker.cron;

/** Says what is wrong with a piece of text, with a hint for habits brought from other crons. */
final class Hint {
  private Hint() {}

  static String about(String bad, Field field) {
    if (bad.isEmpty()) {
      return "ends where a value is missing";
    }
    if (isWord(bad)) {
      return aboutWord(field);
    }
    return switch (bad.charAt(0)) {
      case ',', '-', '/' -> "stands where a value is missing or nothing may follow";
      case '?' -> "is not supported, use \"*\"";
      case 'L' -> aboutMark(field.isDay(), "the two day fields");
      case 'W' -> aboutMark(field == Field.DAY_OF_MONTH, "the day of month");
      case '#' -> aboutMark(field == Field.DAY_OF_WEEK, "the day of week");
      case 'l', 'w' -> "does not fit here, L and W are upper case";
      case 'H' -> "is not supported, write a number";
      default -> FieldReader.isLetter(bad.charAt(0)) ? aboutWord(field) : "is not understood";
    };
  }

  private static String aboutMark(boolean inItsField, String itsField) {
    return inItsField ? "takes no list, range or step" : "is for " + itsField + " only";
  }

  private static String aboutWord(Field field) {
    return field.hasNames() ? "is not a name" : "is not a number";
  }

  private static boolean isWord(String bad) {
    return bad.length() > 1
        && FieldReader.isLetter(bad.charAt(0))
        && FieldReader.isLetter(bad.charAt(1));
  }
}
