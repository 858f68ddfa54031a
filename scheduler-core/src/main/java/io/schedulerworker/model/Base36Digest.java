package io.schedulerworker.model;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a UTF-8 text, read as an unsigned big-endian number and written in base 36. */
final class Base36Digest {
  /** The digits that 256 bits need in base 36. */
  static final int LENGTH = 50;

  private static final int RADIX = 36;

  private Base36Digest() {}

  static String of(String text) {
    String digits = new BigInteger(1, sha256(text)).toString(RADIX);
    return "0".repeat(LENGTH - digits.length()) + digits;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
