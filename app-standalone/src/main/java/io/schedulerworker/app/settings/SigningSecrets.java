package io.schedulerworker.app.settings;

import io.schedulerworker.port.SigningSecret;
import java.util.List;
import java.util.regex.Pattern;

/** Signing secrets as a text: one, or two while one takes the other's place, with white space or a comma between. */
public final class SigningSecrets {
  private static final int MOST = 2;
  private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

  private SigningSecrets() {}

  /**
   * Reads them.
   *
   * @param text as above
   * @return one or two
   * @throws IllegalArgumentException if they are none; the message is for a person and does not show them
   */
  public static List<SigningSecret> parse(String text) {
    List<String> parts = BETWEEN.splitAsStream(text.strip()).toList();
    if (parts.size() > MOST) {
      throw new IllegalArgumentException(
          "it has " + parts.size() + " secrets; two at most are active");
    }
    return parts.stream().map(SigningSecret::parse).toList();
  }

  @SuppressWarnings("CheckReturnValue") // it is the exception that counts
  static void check(String text) {
    parse(text);
  }
}
