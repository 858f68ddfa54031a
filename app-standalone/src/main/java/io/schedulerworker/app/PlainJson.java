package io.schedulerworker.app;

import io.schedulerworker.model.Texts;

/**
 * JSON that means the same, with escapes for what a terminal would act on and for what turns the reading direction
 * round: names in a registry and answers of servers are other people's texts.
 */
final class PlainJson {
  private PlainJson() {}

  static String of(String json) {
    int first = firstToEscape(json);
    return first == json.length() ? json : escaped(json, first);
  }

  private static int firstToEscape(String json) {
    int i = 0;
    while (i < json.length() && isPlain(json.codePointAt(i))) {
      i += Character.charCount(json.codePointAt(i));
    }
    return i;
  }

  private static String escaped(String json, int first) {
    StringBuilder escaped = new StringBuilder(json.length() + 64).append(json, 0, first);
    json.substring(first).codePoints().forEach(character -> {
      if (isPlain(character)) {
        escaped.appendCodePoint(character);
      } else {
        for (char unit : Character.toChars(character)) {
          escaped.append(String.format("\\u%04x", (int) unit));
        }
      }
    });
    return escaped.toString();
  }

  /** White space between JSON's tokens is; within its strings there is no such character. */
  private static boolean isPlain(int character) {
    return (character >= ' ' && character <= '~')
        || character == '\n'
        || character == '\r'
        || character == '\t'
        || Texts.isPrintable(character);
  }
}
