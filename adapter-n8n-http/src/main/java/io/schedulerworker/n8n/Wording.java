package io.schedulerworker.n8n;

import io.schedulerworker.model.Texts;
import io.schedulerworker.model.WebhookUrl;
import io.schedulerworker.port.TriggerSecrets;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Words for what happened at one webhook's host: one line that names host and port, of the address nothing else, and
 * shows secrets never, not even if the other side repeats it.
 */
final class Wording {
  private static final int HOST_SHOWN = 100;
  private static final int DETAIL_SHOWN = 120;

  private final URI webhook;
  private final TriggerSecrets secrets;

  Wording(URI webhook, TriggerSecrets secrets) {
    this.webhook = webhook;
    this.secrets = secrets;
  }

  private static String name(URI webhook) {
    return Texts.line(Place.of(webhook).toString(), HOST_SHOWN);
  }

  /** Whether the host was sent a key. */
  boolean hasKey() {
    return secrets.credential(webhook.getHost(), WebhookUrl.port(webhook)).isPresent();
  }

  /** Whether the host was sent a signature. */
  boolean isSigned() {
    return !secrets.signingSecrets().isEmpty();
  }

  /** What happened, after the host's name. */
  String of(String what) {
    String host = webhook.getHost() == null ? "a webhook without host" : name(webhook);
    return host + " " + what;
  }

  /** What happened, after the host's name, and then words of others. */
  String of(String what, @Nullable String detail) {
    String said = detail == null ? "" : safe(detail);
    return said.isEmpty() ? of(what) : of(what) + ": " + said;
  }

  /** Some words of others, to stand among ours. */
  String redacted(String words) {
    return secrets.redact(words);
  }

  /** An id as it is; null for one that has a secret in it. */
  @Nullable
  String withoutSecret(@Nullable String id) {
    return id != null && secrets.redact(id).equals(id) ? id : null;
  }

  /** Words of others: without secrets, white space folded, cut. */
  private String safe(String detail) {
    return Texts.line(secrets.redact(detail).strip().replaceAll("\\s+", " "), DETAIL_SHOWN);
  }

  static String time(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
