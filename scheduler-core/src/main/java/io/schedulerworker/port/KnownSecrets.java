package io.schedulerworker.port;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Secrets that are looked for in texts of others, who may repeat what they were sent, and with them the signatures of
 * {@linkplain io.schedulerworker.CallbackSigner callback URLs}. Shown nowhere. Immutable, thread-safe.
 */
public final class KnownSecrets {
  private final List<HiddenText> hidden;

  private KnownSecrets(List<HiddenText> hidden) {
    this.hidden = hidden;
  }

  /**
   * Secrets.
   *
   * @param secrets any texts; those of one or two characters are not looked for, since they stand everywhere
   * @return what finds them
   */
  public static KnownSecrets of(Collection<String> secrets) {
    return new KnownSecrets(HiddenText.all(secrets.toArray(String[]::new)));
  }

  static KnownSecrets of(List<Credential> credentials, List<SigningSecret> signingSecrets) {
    Stream<List<HiddenText>> hidden = Stream.concat(
        credentials.stream().map(Credential::hidden),
        signingSecrets.stream().map(SigningSecret::hidden));
    return new KnownSecrets(hidden.flatMap(List::stream).toList());
  }

  /**
   * These and others, looked for at the same time: one may be the beginning of another.
   *
   * @param others further ones
   * @return all of them
   */
  public KnownSecrets and(KnownSecrets others) {
    return new KnownSecrets(
        Stream.concat(hidden.stream(), others.hidden.stream()).toList());
  }

  /**
   * A text without the secrets: as they are, as JSON or a URL has them. The beginning of one at the text's end counts too,
   * since who cuts a text may cut a secret in two: redact first, then cut. Whoever wants to can always write one in a way
   * in which it is not found.
   *
   * @param text any text
   * @return the same with {@code ***} for each secret
   */
  public String redact(String text) {
    return CallbackSignatures.redact(hidden.isEmpty() ? text : withoutHidden(text));
  }

  private String withoutHidden(String text) {
    Redaction redaction = new Redaction(text);
    hidden.forEach(redaction::hide);
    return redaction.shown();
  }

  /** Shows how many ways there are to write them. */
  @Override
  public String toString() {
    return "KnownSecrets[" + hidden.size() + "]";
  }
}
