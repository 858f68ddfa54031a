package io.schedulerworker.app.api;

import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.RegistryEntry;
import io.schedulerworker.model.RegistryFinding;
import io.schedulerworker.model.Texts;
import io.schedulerworker.model.WebhookUrl;
import io.schedulerworker.reach.Reach;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with a registry because some of its hosts will not be called. Names are not looked up for that. */
public final class HostFindings {
  private static final int HOST_SHOWN = 100;

  private HostFindings() {}

  /**
   * All that is wrong with a registry.
   *
   * @param registry a registry with its own findings
   * @param reach which hosts may be called
   * @return the registry's findings, and those about hosts after them
   */
  public static List<RegistryFinding> with(KpiRegistry registry, Reach reach) {
    List<RegistryFinding> findings = new ArrayList<>(registry.findings());
    List<RegistryEntry> entries = registry.entries();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i) instanceof Kpi kpi) {
        finding(i, kpi, reach).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Optional<RegistryFinding> finding(int index, Kpi kpi, Reach reach) {
    URI webhook = kpi.webhook();
    return reach
        .refusal(webhook.getHost(), WebhookUrl.port(webhook))
        .map(refusal -> new RegistryFinding(
            index,
            kpi.id(),
            "webhookUrl",
            "names " + Texts.line(webhook.getHost(), HOST_SHOWN) + ", which " + refusal,
            false));
  }
}
