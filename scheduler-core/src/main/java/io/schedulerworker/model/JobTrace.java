package io.schedulerworker.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The W3C trace of a job: one trace per job, in which every call of a KPI has the same parent on every attempt.
 *
 * <p>The trace id is the first 16 bytes of the SHA-256 of the job's trace id, the root's id the next 8, the parent id of a
 * call the 64-bit FNV-1a hash of its idempotency key; anybody who knows these can compute them, at any process.
 *
 * @param id the trace id, 32 hex digits
 * @param rootId of what all of the job is a part of, 16 hex digits
 */
public record JobTrace(String id, String rootId) {
  private static final int TRACE_BYTES = 16;
  private static final int ROOT_BYTES = 8;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final HexFormat HEX = HexFormat.of();

  /**
   * The trace of a job.
   *
   * @param traceId the job's name
   * @return its trace
   */
  public static JobTrace of(TraceId traceId) {
    byte[] digest = sha256(traceId.value());
    return new JobTrace(
        HEX.formatHex(digest, 0, TRACE_BYTES),
        HEX.formatHex(digest, TRACE_BYTES, TRACE_BYTES + ROOT_BYTES));
  }

  /**
   * What a call tells the callee about the trace that it is a part of.
   *
   * @param key the call's, ASCII
   * @return the value of the W3C header {@code traceparent}; always sampled
   */
  public String traceParent(IdempotencyKey key) {
    return "00-" + id + "-" + digits(fnv1a(key.value())) + "-01";
  }

  /** The standard forbids an id of zero. */
  static String digits(long id) {
    return HEX.toHexDigits(id == 0 ? 1 : id);
  }

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
}
