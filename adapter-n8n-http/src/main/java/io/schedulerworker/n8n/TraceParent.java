package io.schedulerworker.n8n;

import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.TraceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The W3C {@code traceparent} header: one trace per job, one parent per KPI of it, the same on every attempt.
 *
 * <p>The trace id is the first 16 bytes of the SHA-256 of the job's trace id, the parent id the first 8 bytes of the
 * SHA-256 of the idempotency key; anybody who knows these can compute the header. Always sampled.
 */
final class TraceParent {
  private TraceParent() {}

  static String of(TraceId traceId, IdempotencyKey key) {
    return "00-" + digits(sha256(traceId.value()), 16) + "-" + digits(sha256(key.value()), 8)
        + "-01";
  }

  /** The first bytes in hexadecimal; the standard forbids that all be zero, then the last one is 1. */
  static String digits(byte[] hash, int bytes) {
    byte[] id = Arrays.copyOf(hash, bytes);
    if (Arrays.equals(id, new byte[bytes])) {
      id[bytes - 1] = 1;
    }
    return HexFormat.of().formatHex(id);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
