package io.schedulerworker.kv.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.Version;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Versions of values: the first half of their SHA-256, in hex. */
final class ValueVersion {
  private static final int CHUNK = 1 << 13;

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
    MessageDigest digest = begin();
    int end;
    for (int start = 0; start < value.length(); start = end) {
      pulse.run();
      end = chunkEnd(value, start, CHUNK);
      digest.update(value.substring(start, end).getBytes(UTF_8));
    }
    return end(digest);
  }

  /** The version of a value that is there in UTF-8 already. */
  static Version ofUtf8(byte[] value) {
    MessageDigest digest = begin();
    digest.update(value);
    return end(digest);
  }

  /** The version of what the digest was given. */
  static Version end(MessageDigest digest) {
    return new Version(HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES)));
  }

  /** Where a chunk ends: never within a surrogate pair. */
  static int chunkEnd(String value, int start, int length) {
    int end = Math.min(value.length(), start + length);
    return Character.isHighSurrogate(value.charAt(end - 1)) ? end + 1 : end;
  }

  /** Begins a digest, to be given a value in UTF-8. */
  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
