package io.schedulerworker.kv.memory;

import java.util.Random;

/** Texts that cannot be stored in much less room than they have. */
final class Noise {
  private Noise() {}

  /** As many as wanted, at random, but always the same ones. */
  static String characters(int count, int from, int to) {
    StringBuilder characters = new StringBuilder(2 * count);
    new Random(count)
        .ints(count, from, to + 1)
        .filter(each -> each < Character.MIN_SURROGATE || each > Character.MAX_SURROGATE)
        .forEach(characters::appendCodePoint);
    return characters.toString();
  }
}
