package io.schedulerworker.n8n;

import io.schedulerworker.model.Texts;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Words for what happened at one webhook's host: one line that names host and port, of the address nothing else, and
 * shows the API key never, not even if the other side repeats it.
 */
final class Wording {
  private static final int HOST_SHOWN = 100;
  private static final int DETAIL_SHOWN = 120;

  private final URI webhook;
  private final @Nullable String apiKey;

  Wording(URI webhook, @Nullable String apiKey) {
    this.webhook = webhook;
    this.apiKey = apiKey;
  }

  private static String name(URI webhook) {
    return Texts.line(Place.of(webhook).toString(), HOST_SHOWN);
  }

  boolean hasKey() {
    return apiKey != null;
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

  /** Words of others: without the key, white space folded, cut. */
  private String safe(String detail) {
    String shown = apiKey == null ? detail : detail.replace(apiKey, "***");
    return Texts.line(shown.strip().replaceAll("\\s+", " "), DETAIL_SHOWN);
  }

  static String time(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
