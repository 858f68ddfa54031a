package io.schedulerworker.kv.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.Version;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Versions of values: their SHA-256 in hex, so that a write by anybody changes it. */
final class ValueVersion {
  private ValueVersion() {}

  /**
   * The version of a value that was read whole, computed when somebody asks, which most who read never do. It holds on to the
   * text, as its entry does, and to nothing else.
   */
  static Version whenAsked(String value) {
    return Version.lazy(() -> digest(value.getBytes(UTF_8)));
  }

  static String digest(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
