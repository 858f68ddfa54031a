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

  /** At most 60 characters of a text in double quotes, all that is not plain ASCII escaped. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int length = Math.min(text.length(), QUOTED_CHARACTERS);
    for (int i = 0; i < length; i++) {
      appendEscaped(quoted, text.charAt(i));
    }
    return quoted.append(length < text.length() ? "...\"" : "\"").toString();
  }

  private static void appendEscaped(StringBuilder quoted, char c) {
    switch (c) {
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      case '"', '\\' -> quoted.append('\\').append(c);
      default -> {
        if (isPlain(c)) {
          quoted.append(c);
        } else {
          quoted.append(String.format("\\u%04x", (int) c));
        }
      }
    }
  }

  /** A printable ASCII character or the space. */
  static boolean isPlain(char c) {
    return ' ' <= c && c <= '~';
  }
}
