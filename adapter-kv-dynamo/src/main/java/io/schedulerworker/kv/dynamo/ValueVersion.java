package io.schedulerworker.kv.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.Version;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Versions of values: their SHA-256 in hex, so that a write by anybody changes it. */
final class ValueVersion {
  private ValueVersion() {}

  static Version of(String value) {
    return of(value.getBytes(UTF_8));
  }

  static Version of(byte[] value) {
    try {
      return new Version(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
