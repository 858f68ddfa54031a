package io.schedulerworker.kv.memory;

import java.util.Comparator;

/**
 * Orders well-formed texts by code point, which is the order of their UTF-8 bytes. {@link String#compareTo} differs: it
 * puts what lies beyond the basic plane, written with surrogates, before U+E000.
 */
final class CodePointOrder implements Comparator<String> {
  static final CodePointOrder INSTANCE = new CodePointOrder();

  private CodePointOrder() {}

  @Override
  public int compare(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    for (int i = 0; i < shorter; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return rank(a) - rank(b);
      }
    }
    return left.length() - right.length();
  }

  /** Texts that are equal up to a unit differ there in the code point: surrogates are the greatest. */
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }
}
