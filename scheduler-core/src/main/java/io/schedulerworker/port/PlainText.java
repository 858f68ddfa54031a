package io.schedulerworker.port;

import io.schedulerworker.model.Texts;

/**
 * A text without the ways in which JSON and URLs write one down, once or within each other: codes of characters
 * ({@code \}{@code u002f}, {@code %2f}) are those characters, white space of any length is one space, and backslashes are left
 * out, with all that shows nowhere, as the zeros of UTF-16. Knows where its characters stand in the text. In linear time.
 */
final class PlainText {
  private static final char NO_CHARACTER = '\ufffd';

  private final String written;
  private final boolean resolved;
  private final StringBuilder plain;
  private final int[] begins;
  private final int[] ends;
  private int whole = Integer.MAX_VALUE;

  private PlainText(String written, boolean resolved) {
    this.written = written;
    this.resolved = resolved;
    this.plain = new StringBuilder(written.length());
    this.begins = new int[written.length()];
    this.ends = new int[written.length()];
    int at = 0;
    while (at < written.length()) {
      at = read(at, afterBackslashes(at));
    }
    whole = withoutHalfCharacter(Math.min(whole, plain.length()));
  }

  static PlainText of(String written) {
    return new PlainText(written, true);
  }

  /** With codes left as they are: some texts have them in their own right. */
  static PlainText unresolved(String written) {
    return new PlainText(written, false);
  }

  /** Where a character of the plain text begins in the written one. */
  int begin(int character) {
    return begins[character];
  }

  /** Where a character of the plain text ends in the written one. */
  int end(int character) {
    return ends[character];
  }

  int length() {
    return plain.length();
  }

  /** The length without the code or the character that the text's end cut in two, if that is what it is. */
  int whole() {
    return whole;
  }

  private int afterBackslashes(int from) {
    int at = from;
    while (at < written.length() && written.charAt(at) == '\\') {
      at++;
    }
    return at;
  }

  private int read(int begin, int at) {
    if (at == written.length()) {
      return at;
    }
    char character = written.charAt(at);
    if (resolved && character == '%') {
      return readCode(begin, at + 1, 2);
    }
    if (resolved && character == 'u' && at > begin) {
      return readCode(begin, at + 1, 4);
    }
    return isShown(character) ? append(character, begin, at + 1) : at + 1;
  }

  private int readCode(int begin, int digits, int count) {
    int value = 0;
    for (int at = digits; at < digits + count; at++) {
      if (at == written.length()) {
        whole = plain.length();
        return append(written.charAt(digits - 1), begin, digits);
      }
      int digit = Character.digit(written.charAt(at), 16);
      if (digit < 0) {
        return append(written.charAt(digits - 1), begin, digits);
      }
      value = value * 16 + digit;
    }
    return append((char) value, begin, digits + count);
  }

  private int append(char character, int begin, int end) {
    boolean isSpace = Character.isWhitespace(character);
    int last = plain.length() - 1;
    if (isSpace && last >= 0 && plain.charAt(last) == ' ') {
      ends[last] = end;
    } else if (character != '\\') {
      begins[last + 1] = begin;
      ends[last + 1] = end;
      plain.append(isSpace ? ' ' : character);
    }
    return end;
  }

  private static boolean isShown(char character) {
    return Character.isWhitespace(character)
        || Character.isSurrogate(character)
        || Texts.isPrintable(character);
  }

  /** A decoder of UTF-8 has a character for bytes that end too early. */
  private int withoutHalfCharacter(int length) {
    int end = length;
    while (end > 0 && plain.charAt(end - 1) == NO_CHARACTER) {
      end--;
    }
    return end;
  }

  /** The plain text. */
  @Override
  public String toString() {
    return plain.toString();
  }
}
