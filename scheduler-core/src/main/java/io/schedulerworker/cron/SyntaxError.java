package io.schedulerworker.cron;

/** Words what is wrong with an expression: one short line, whatever the text was. */
final class SyntaxError {
  private static final int QUOTED_CHARACTERS = 60;

  private SyntaxError() {}

  static IllegalArgumentException of(String expression, String problem) {
    return new IllegalArgumentException("cron " + quote(expression) + ": " + problem);
  }

  /** A position as people count, from 1. */
  static String at(int index) {
    return " at position " + (index + 1);
  }

  /** A text in double quotes, all that is not plain ASCII escaped; cut after 60 characters, escapes counted as written. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      String character = escaped(text.charAt(i));
      if (quoted.length() + character.length() > QUOTED_CHARACTERS) {
        return '"' + quoted.toString() + "...\"";
      }
      quoted.append(character);
    }
    return '"' + quoted.toString() + '"';
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      default -> isPlain(c) ? String.valueOf(c) : String.format("\\u%04x", (int) c);
    };
  }

  /** A printable ASCII character or the space. */
  static boolean isPlain(char c) {
    return ' ' <= c && c <= '~';
  }
}
