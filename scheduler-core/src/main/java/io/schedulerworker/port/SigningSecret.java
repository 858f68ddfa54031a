package io.schedulerworker.port;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A secret that calls are signed with, as Standard Webhooks has it. Shown nowhere: neither {@link #toString()} nor a
 * message has it. Immutable.
 */
public final class SigningSecret {
  private static final String PREFIX = "whsec_";
  private static final int FEWEST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private final byte[] key;
  private final List<HiddenText> hidden;

  private SigningSecret(byte[] key) {
    this.key = key;
    this.hidden = HiddenText.all(base64(), new String(key, StandardCharsets.UTF_8));
  }

  /**
   * Reads a secret.
   *
   * @param text 24 to 64 bytes in base64, with or without {@code whsec_} before them
   * @return the secret
   * @throws IllegalArgumentException if it is none; the message is for a person and does not show it
   */
  public static SigningSecret parse(String text) {
    byte[] key = decoded(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
    if (key.length < FEWEST_BYTES || key.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "it has %d bytes, not %d to %d; openssl rand -base64 32 makes a good one"
              .formatted(key.length, FEWEST_BYTES, MOST_BYTES));
    }
    return new SigningSecret(key);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // The decoder's own message would show a character of it.
      throw new IllegalArgumentException(
          "it is not base64 after whsec_; openssl rand -base64 32 makes a good one");
    }
  }

  /**
   * The secret itself, for those who sign.
   *
   * @return base64 with its padding, without prefix
   */
  public String base64() {
    return Base64.getEncoder().encodeToString(key);
  }

  /** What must not be shown: the bytes may be a text too. */
  List<HiddenText> hidden() {
    return hidden;
  }

  /** Shows nothing of it. */
  @Override
  public String toString() {
    return "SigningSecret[***]";
  }
}
