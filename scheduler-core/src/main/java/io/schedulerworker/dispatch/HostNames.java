package io.schedulerworker.dispatch;

import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.WebhookUrl;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names the hosts of many KPIs: what is called together shares a host and a port. Each origin is parsed once, not once for
 * each of the thousands of webhooks that it has. Not thread-safe.
 */
final class HostNames {
  private final Map<String, String> byOrigin = new HashMap<>();
  private String lastOrigin = "";
  private String lastName = "";

  /** Where a KPI is called, as {@code host:port}. */
  String of(Kpi kpi) {
    String url = kpi.webhookUrl();
    if (!isAtLastOrigin(url)) {
      String origin = WebhookUrl.origin(url);
      lastName = byOrigin.computeIfAbsent(origin, HostNames::name);
      lastOrigin = origin;
    }
    return lastName;
  }

  private boolean isAtLastOrigin(String url) {
    int end = lastOrigin.length();
    return end > 0 && end < url.length() && url.charAt(end) == '/' && url.startsWith(lastOrigin);
  }

  private static String name(String origin) {
    URI address = URI.create(origin);
    return address.getHost().toLowerCase(Locale.ROOT) + ":" + WebhookUrl.port(address);
  }
}
