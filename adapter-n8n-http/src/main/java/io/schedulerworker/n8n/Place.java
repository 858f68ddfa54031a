package io.schedulerworker.n8n;

import io.schedulerworker.model.WebhookUrl;
import java.net.URI;
import java.util.Locale;

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

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
