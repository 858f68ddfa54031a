package io.schedulerworker.model;

import java.time.Duration;

/** Shows text of unknown origin to a person: bounded, on one line, without what a terminal would act on. Spans of time too. */
public final class Texts {
  private static final int SHOWN = 80;

  private Texts() {}

  /**
   * The text in double quotes, cut after 80 characters, with control, format and unpaired surrogate characters
   * escaped.
   *
   * @param text any text
   * @return one line that is safe to print
   */
  public static String quote(String text) {
    return '"' + line(text, SHOWN) + '"';
  }

  /**
   * The text on one line, cut after so many characters, with control, format and unpaired surrogate characters
   * escaped.
   *
   * @param text any text
   * @param most the greatest number of characters to show, at least 1
   * @return one line that is safe to print
   */
  public static String line(String text, int most) {
    return text.length() <= most && isPlain(text) ? text : escaped(text, most);
  }

  /** Nearly every text is, and then there is nothing to do. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static String escaped(String text, int most) {
    StringBuilder line = new StringBuilder();
    int[] characters = text.codePoints().limit(most + 1L).toArray();
    for (int i = 0; i < Math.min(most, characters.length); i++) {
      append(line, characters[i]);
    }
    return characters.length > most ? line.append("…").toString() : line.toString();
  }

  /**
   * A span of time as a person says it, by its two greatest units.
   *
   * @param span not negative
   * @return for example {@code 3 h 5 min}
   */
  public static String span(Duration span) {
    if (span.toDays() > 0) {
      return span.toDays() + " d " + span.toHoursPart() + " h";
    }
    if (span.toHours() > 0) {
      return span.toHours() + " h " + span.toMinutesPart() + " min";
    }
    return span.toMinutes() > 0
        ? span.toMinutes() + " min " + span.toSecondsPart() + " s"
        : span.toSeconds() + " s";
  }

  private static void append(StringBuilder line, int character) {
    if (isPrintable(character)) {
      line.appendCodePoint(character);
    } else {
      line.append(String.format("\\u%04x", character));
    }
  }

  /**
   * Whether a terminal shows a character, rather than acting on it.
   *
   * @param character a code point
   * @return false for control, format and unpaired surrogate characters, and for those that separate lines
   */
  public static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
