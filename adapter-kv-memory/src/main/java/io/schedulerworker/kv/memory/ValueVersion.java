package io.schedulerworker.kv.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.Version;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Versions of values: the first half of their SHA-256, in hex. */
final class ValueVersion {
  private static final int CHUNK = 1 << 16;

  /** The length of a digest. */
  static final int BYTES = 16;

  private ValueVersion() {}

  /**
   * Computes a version without a second copy of the value.
   *
   * @param value any value
   * @param pulse called now and then; what it throws ends the computation, which takes tenths of a second for 64 MB
   */
  static Version of(String value, Runnable pulse) {
    MessageDigest digest = sha256();
    int end;
    for (int start = 0; start < value.length(); start = end) {
      pulse.run();
      end = chunkEnd(value, start);
      digest.update(value.substring(start, end).getBytes(UTF_8));
    }
    return version(digest.digest());
  }

  /** The version of a value that is there in UTF-8 already. */
  static Version ofUtf8(byte[] value) {
    return version(sha256().digest(value));
  }

  private static Version version(byte[] digest) {
    return new Version(HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES)));
  }

  /** Never within a surrogate pair. */
  private static int chunkEnd(String value, int start) {
    int end = Math.min(value.length(), start + CHUNK);
    return Character.isHighSurrogate(value.charAt(end - 1)) ? end + 1 : end;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
