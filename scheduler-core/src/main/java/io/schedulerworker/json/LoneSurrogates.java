package io.schedulerworker.json;

import java.util.Locale;

/**
 * Halves of surrogate pairs that stand alone. A JSON text may have them as escapes, {@code "\\ud83d"}, for example where
 * a program has cut a text within an emoji; a text that is written in UTF-8 cannot have them otherwise.
 */
final class LoneSurrogates {
  private LoneSurrogates() {}

  /** A JSON text in which they all are escapes. */
  static String escaped(String json) {
    int first = next(json, 0);
    if (first == json.length()) {
      return json;
    }
    StringBuilder escaped = new StringBuilder(json.length() + 5);
    int copied = 0;
    for (int at = first; at < json.length(); at = next(json, at + 1)) {
      escaped.append(json, copied, at);
      escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) json.charAt(at)));
      copied = at + 1;
    }
    return escaped.append(json, copied, json.length()).toString();
  }

  /** Where the next one is, from a place on; the length of the text if there is none. */
  private static int next(String text, int from) {
    int at = from;
    while (at < text.length()) {
      char unit = text.charAt(at);
      if (!Character.isSurrogate(unit)) {
        at++;
      } else if (isPair(text, at)) {
        at += 2;
      } else {
        return at;
      }
    }
    return at;
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }
}
