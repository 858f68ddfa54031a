package io.schedulerworker.model;

import java.math.BigInteger;

/** SHA-256 of a UTF-8 text, read as an unsigned big-endian number and written in base 36. */
final class Base36Digest {
  /** The digits that 256 bits need in base 36. */
  static final int LENGTH = 50;

  private static final int RADIX = 36;

  private Base36Digest() {}

  static String of(String text) {
    String digits = new BigInteger(1, Sha256.of(text)).toString(RADIX);
    return "0".repeat(LENGTH - digits.length()) + digits;
  }
}
