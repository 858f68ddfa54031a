package io.schedulerworker.port;

import java.util.List;
import java.util.Optional;

/**
 * What proves to workflows who calls them. Shown nowhere. Immutable.
 *
 * @param credentials keys, of which a host gets the first that is for it; copied
 * @param signingSecrets each signs every call; two while one takes the other's place; none: calls are not signed; copied
 */
public record TriggerSecrets(List<Credential> credentials, List<SigningSecret> signingSecrets) {
  /** No key, no signature. */
  public static final TriggerSecrets NONE = new TriggerSecrets(List.of(), List.of());

  /**
   * Copies the lists.
   *
   * @param credentials as above
   * @param signingSecrets as above
   */
  public TriggerSecrets {
    credentials = List.copyOf(credentials);
    signingSecrets = List.copyOf(signingSecrets);
  }

  /**
   * The key for a host.
   *
   * @param host as in a URL
   * @param port the port that is called
   * @return empty if none is for it
   */
  public Optional<Credential> credential(String host, int port) {
    for (Credential each : credentials) {
      if (each.isFor(host, port)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /**
   * A text of others, who may repeat a secret that they were sent, as {@link KnownSecrets#redact} has it.
   *
   * @param text any text
   * @return the same with {@code ***} for each secret
   */
  public String redact(String text) {
    return known().redact(text);
  }

  /**
   * What finds them in texts of others.
   *
   * @return all of them
   */
  public KnownSecrets known() {
    return KnownSecrets.of(credentials, signingSecrets);
  }

  /** Shows how many there are. */
  @Override
  public String toString() {
    return "TriggerSecrets[" + credentials + ", " + signingSecrets.size() + " signing secrets]";
  }
}
