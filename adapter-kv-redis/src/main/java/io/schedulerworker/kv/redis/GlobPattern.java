package io.schedulerworker.kv.redis;

import java.io.ByteArrayOutputStream;

/** Patterns of keys, in Redis' notation. */
final class GlobPattern {
  private static final String SPECIAL = "*?[]^\\";

  private GlobPattern() {}

  /** What begins with a text that is no pattern. */
  static byte[] startingWith(byte[] text) {
    ByteArrayOutputStream pattern = new ByteArrayOutputStream();
    for (byte each : text) {
      if (SPECIAL.indexOf(each) >= 0) {
        pattern.write('\\');
      }
      pattern.write(each);
    }
    pattern.write('*');
    return pattern.toByteArray();
  }
}
