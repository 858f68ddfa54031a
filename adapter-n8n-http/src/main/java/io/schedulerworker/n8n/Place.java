package io.schedulerworker.n8n;

import io.schedulerworker.model.WebhookUrl;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook is: a port of a host.
 *
 * @param host in lower case
 * @param port the port, whether the address names it or not
 */
record Place(String host, int port) {
  /** Of a webhook that has a host. */
  static Place of(URI webhook) {
    return new Place(webhook.getHost().toLowerCase(Locale.ROOT), WebhookUrl.port(webhook));
  }

  /** One's own: the JVM would make it when it is first asked for, which the first call would wait for. */
  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }

  /** For the same reason. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Place place && port == place.port && host.equals(place.host);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
