package io.schedulerworker.app;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Keys that live as long as the process. */
final class Tokens {
  private static final int BYTES = 32;

  private Tokens() {}

  /** A new one, which nobody can guess. */
  static String draw() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
