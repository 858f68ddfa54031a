package io.schedulerworker.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The registry of KPIs, stored in CONFIG_KV under {@link #KEY}.
 *
 * @param entries the list as it stands, KPIs that cannot be called included; copied
 * @param metadata passed on to others; null if absent
 * @param extras further fields
 * @param findings what is wrong with which element; copied
 */
public record KpiRegistry(
    List<RegistryEntry> entries,
    @Nullable JsonText metadata,
    Extras extras,
    List<RegistryFinding> findings) {

  /** The registry's key in CONFIG_KV. */
  public static final String KEY = "kpi-registry";

  /**
   * Copies the lists.
   *
   * @param entries as above
   * @param metadata as above
   * @param extras as above
   * @param findings as above
   */
  public KpiRegistry {
    entries = List.copyOf(entries);
    findings = List.copyOf(findings);
  }

  /**
   * The KPIs that a job calls.
   *
   * @return the usable and active ones, in their order
   */
  public List<Kpi> active() {
    return entries.stream()
        .filter(Kpi.class::isInstance)
        .map(Kpi.class::cast)
        .filter(Kpi::active)
        .toList();
  }
}
