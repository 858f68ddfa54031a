package io.schedulerworker.app.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A key that somebody has. Of the key itself only a hash is kept. Immutable. */
public final class ApiKey {
  private final String name;
  private final byte[] digest;
  private final boolean readOnly;

  private ApiKey(String name, byte[] digest, boolean readOnly) {
    this.name = name;
    this.digest = digest;
    this.readOnly = readOnly;
  }

  /**
   * A key.
   *
   * @param name whose it is, for what is written down and said of it
   * @param key the key itself, not blank
   * @param readOnly whether it is good for {@code GET} and {@code HEAD} alone
   * @return what recognises it
   * @throws IllegalArgumentException if the key is blank
   */
  public static ApiKey of(String name, String key, boolean readOnly) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("the key is blank");
    }
    return new ApiKey(name, sha256(key.getBytes(StandardCharsets.UTF_8)), readOnly);
  }

  String name() {
    return name;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** Whether this is the key with such a hash; takes as long for any other one. */
  boolean is(byte[] given) {
    return MessageDigest.isEqual(digest, given);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The name alone. */
  @Override
  public String toString() {
    return "ApiKey[" + name + "]";
  }
}
