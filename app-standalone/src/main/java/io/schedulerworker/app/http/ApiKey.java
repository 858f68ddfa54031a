package io.schedulerworker.app.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key that callers need, or that there is none. Of the key itself only a hash is kept. */
public final class ApiKey {
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(.*)", Pattern.DOTALL);

  private final List<byte[]> digests;
  private final boolean configured;

  private ApiKey(List<byte[]> digests, boolean configured) {
    this.digests = digests;
    this.configured = configured;
  }

  /**
   * A key.
   *
   * @param key the key itself, not blank
   * @return what recognises it
   * @throws IllegalArgumentException if the key is blank
   */
  public static ApiKey of(String key) {
    return new ApiKey(List.of(digest(key)), true);
  }

  /**
   * No key: nobody has it, and routes that need one are closed.
   *
   * @return what recognises nothing
   */
  public static ApiKey none() {
    return new ApiKey(List.of(), false);
  }

  /**
   * The same, and a token that does what the key does. Who is refused is told of the key alone.
   *
   * @param token for programs of this machine, not blank
   * @return what recognises both
   * @throws IllegalArgumentException if the token is blank
   */
  public ApiKey withToken(String token) {
    List<byte[]> all = new ArrayList<>(digests);
    all.add(digest(token));
    return new ApiKey(List.copyOf(all), configured);
  }

  boolean isConfigured() {
    return configured;
  }

  /** Whether the one {@code Authorization} header is {@code Bearer} and the key; takes as long for any wrong key. */
  boolean isIn(List<String> authorizations) {
    if (authorizations.size() != 1) {
      return false;
    }
    Matcher bearer = BEARER.matcher(authorizations.get(0).strip());
    return bearer.matches() && isKnown(sha256(wire(bearer.group(1))));
  }

  private boolean isKnown(byte[] given) {
    boolean known = false;
    for (byte[] each : digests) {
      known |= MessageDigest.isEqual(each, given);
    }
    return known;
  }

  private static byte[] digest(String key) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("the key is blank");
    }
    return sha256(key.getBytes(StandardCharsets.UTF_8));
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
