package io.schedulerworker.kv.redis;

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

  static Version of(byte[] value) {
    try {
      return new Version(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(value)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
