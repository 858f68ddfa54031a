package io.schedulerworker.n8n;

import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.TraceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The W3C {@code traceparent} header: one trace per job, one parent per KPI of it, the same on every attempt.
 *
 * <p>The trace id is the first 16 bytes of the SHA-256 of the job's trace id, the parent id the 64-bit FNV-1a hash of the
 * idempotency key; anybody who knows these can compute the header. Always sampled.
 */
final class TraceParent {
  private static final int TRACE_BYTES = 16;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final HexFormat HEX = HexFormat.of();

  private volatile Trace last = new Trace("", "");

  String of(TraceId traceId, IdempotencyKey key) {
    return "00-" + trace(traceId.value()) + "-" + digits(fnv1a(key.value())) + "-01";
  }

  /** Calls come job by job. */
  private String trace(String traceId) {
    Trace trace = last;
    if (!trace.traceId().equals(traceId)) {
      trace = new Trace(traceId, HEX.formatHex(sha256(traceId), 0, TRACE_BYTES));
      last = trace;
    }
    return trace.digits();
  }

  /** The standard forbids an id of zero. */
  static String digits(long id) {
    return HEX.toHexDigits(id == 0 ? 1 : id);
  }

  /** For a key, which is ASCII. */
  static long fnv1a(String key) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private record Trace(String traceId, String digits) {}
}
