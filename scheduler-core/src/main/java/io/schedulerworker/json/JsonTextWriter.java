package io.schedulerworker.json;

import java.io.Writer;

/**
 * Takes a JSON text as it is written. It sees each character pass, so that a text without surrogates, which nearly every
 * one is, need not be searched for lone ones.
 */
final class JsonTextWriter extends Writer {
  private final StringBuilder text;
  private boolean surrogates;

  JsonTextWriter(int expectedCharacters) {
    text = new StringBuilder(expectedCharacters);
  }

  @Override
  public void write(char[] part, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      surrogates |= Character.isSurrogate(part[i]);
    }
    text.append(part, offset, length);
  }

  /** All of it; half a character is an escape. */
  String text() {
    return surrogates ? LoneSurrogates.escaped(text.toString()) : text.toString();
  }

  @Override
  public void flush() {
    // There is nothing behind it.
  }

  @Override
  public void close() {
    // There is nothing to let go of.
  }
}
