package io.schedulerworker.kv.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.Version;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Versions of values: their SHA-1 in hex, which is the digest that Redis' scripts can compute. It tells values apart that
 * differ by accident; nobody gains by making two that do not.
 */
final class ValueVersion {
  private ValueVersion() {}

  /**
   * The version of a value that was read or written, computed when somebody asks: the digest of a large value takes as long as
   * its way over loopback, and many never ask. It holds on to the text, which the entry has too, and not to the bytes on the
   * wire: so a version keeps nothing alive that an entry with it does not, and an entry nothing twice.
   */
  static Version of(String value) {
    return Version.lazy(() -> digest(value.getBytes(UTF_8)));
  }

  static String digest(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
