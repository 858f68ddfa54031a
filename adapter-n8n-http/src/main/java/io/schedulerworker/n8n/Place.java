package io.schedulerworker.n8n;

import java.net.URI;
import java.util.Locale;

/**
 * Where a webhook is: a port of a host.
 *
 * @param host in lower case
 * @param port the port, whether the address names it or not
 */
record Place(String host, int port) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** Of a webhook that has a host. */
  static Place of(URI webhook) {
    return new Place(webhook.getHost().toLowerCase(Locale.ROOT), port(webhook));
  }

  private static int port(URI webhook) {
    if (webhook.getPort() >= 0) {
      return webhook.getPort();
    }
    return "https".equalsIgnoreCase(webhook.getScheme()) ? HTTPS_PORT : HTTP_PORT;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
