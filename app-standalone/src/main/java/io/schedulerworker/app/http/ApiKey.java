package io.schedulerworker.app.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The key that callers need, or that there is none. Of the key itself only a hash is kept. */
public final class ApiKey {
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(.*)", Pattern.DOTALL);

  private final byte @Nullable [] digest;

  private ApiKey(byte @Nullable [] digest) {
    this.digest = digest;
  }

  /**
   * A key.
   *
   * @param key the key itself, not blank
   * @return what recognises it
   * @throws IllegalArgumentException if the key is blank
   */
  public static ApiKey of(String key) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("the key is blank");
    }
    return new ApiKey(sha256(key.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * No key: nobody has it, and routes that need one are closed.
   *
   * @return what recognises nothing
   */
  public static ApiKey none() {
    return new ApiKey(null);
  }

  boolean isConfigured() {
    return digest != null;
  }

  /** Whether the one {@code Authorization} header is {@code Bearer} and the key; takes as long for any wrong key. */
  boolean isIn(List<String> authorizations) {
    byte[] expected = digest;
    if (expected == null || authorizations.size() != 1) {
      return false;
    }
    Matcher bearer = BEARER.matcher(authorizations.get(0).strip());
    return bearer.matches() && MessageDigest.isEqual(expected, sha256(wire(bearer.group(1))));
  }

  /** Header values arrive a character for each byte. */
  private static byte[] wire(String value) {
    return value.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
