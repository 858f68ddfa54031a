package io.schedulerworker.json;

import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a JSON text as it is written, in parts: one buffer for all of a great text, which has to be guessed or to grow,
 * costs fresh memory each time. It sees each character pass, so that a text without surrogates, which nearly every one is,
 * need not be searched for lone ones.
 */
final class JsonTextWriter extends Writer {
  private static final int PART = 1 << 16;

  private final List<String> parts = new ArrayList<>(0);
  private final StringBuilder part;
  private boolean surrogates;

  JsonTextWriter(int expectedCharacters) {
    part = new StringBuilder(Math.min(expectedCharacters, PART));
  }

  @Override
  public void write(char[] piece, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      surrogates |= Character.isSurrogate(piece[i]);
    }
    if (part.length() + length > PART) {
      endPart();
    }
    part.append(piece, offset, length);
  }

  private void endPart() {
    parts.add(part.toString());
    part.setLength(0);
  }

  /** All of it, once; half a character is an escape. */
  String text() {
    endPart();
    String text = parts.size() == 1 ? parts.get(0) : String.join("", parts);
    return surrogates ? LoneSurrogates.escaped(text) : text;
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
