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
  /** To look the algorithm up costs more than to use it. */
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(TraceParent::sha256);

  private volatile Trace last = new Trace("", "");

  String of(TraceId traceId, IdempotencyKey key) {
    return "00-" + trace(traceId.value()) + "-" + digits(hash(key.value()), 8) + "-01";
  }

  /** Calls come job by job. */
  private String trace(String traceId) {
    Trace trace = last;
    if (!trace.traceId().equals(traceId)) {
      trace = new Trace(traceId, digits(hash(traceId), 16));
      last = trace;
    }
    return trace.digits();
  }

  /** The first bytes in hexadecimal; the standard forbids that all be zero, then the last one is 1. */
  static String digits(byte[] hash, int bytes) {
    byte[] id = Arrays.copyOf(hash, bytes);
    if (Arrays.equals(id, new byte[bytes])) {
      id[bytes - 1] = 1;
    }
    return HexFormat.of().formatHex(id);
  }

  private static byte[] hash(String text) {
    return SHA_256.get().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private record Trace(String traceId, String digits) {}
}
