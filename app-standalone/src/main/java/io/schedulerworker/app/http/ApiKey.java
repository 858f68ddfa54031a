package io.schedulerworker.app.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key that callers need, or that there is none. Of the key itself only a hash is kept. */
public final class ApiKey {
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(.*)", Pattern.DOTALL);

  private static final String KEY_NAME = "SCHEDULER_API_KEY";
  private static final String TOKEN_NAME = "command line";

  private final List<Named> keys;
  private final boolean configured;

  private ApiKey(List<Named> keys, boolean configured) {
    this.keys = keys;
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
    return new ApiKey(List.of(new Named(KEY_NAME, digest(key))), true);
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
    List<Named> all = new ArrayList<>(keys);
    all.add(new Named(TOKEN_NAME, digest(token)));
    return new ApiKey(List.copyOf(all), configured);
  }

  boolean isConfigured() {
    return configured;
  }

  /** Whose key stands in the one {@code Authorization} header, as {@code Bearer}; takes as long for any wrong key. */
  Optional<String> nameIn(List<String> authorizations) {
    if (authorizations.size() != 1) {
      return Optional.empty();
    }
    Matcher bearer = BEARER.matcher(authorizations.get(0).strip());
    return bearer.matches() ? nameOf(sha256(wire(bearer.group(1)))) : Optional.empty();
  }

  private Optional<String> nameOf(byte[] given) {
    Optional<String> name = Optional.empty();
    for (Named each : keys) {
      if (MessageDigest.isEqual(each.digest(), given)) {
        name = Optional.of(each.name());
      }
    }
    return name;
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

  /** A key that somebody has. */
  @SuppressWarnings("ArrayRecordComponent") // is never compared as a whole
  private record Named(String name, byte[] digest) {}
}
