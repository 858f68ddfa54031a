package io.schedulerworker.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of the registry's active KPIs a job calls. */
public final class KpiSelection {
  private static final KpiSelection ALL = new KpiSelection(Set.of());

  private final Set<String> ids;

  private KpiSelection(Set<String> ids) {
    this.ids = ids;
  }

  /**
   * All that are active.
   *
   * @return the selection
   */
  public static KpiSelection all() {
    return ALL;
  }

  /**
   * Those with the ids given, each of which must be active.
   *
   * @param ids at least one; a repeated id counts once
   * @return the selection
   * @throws IllegalArgumentException if there is no id
   */
  public static KpiSelection ofIds(List<String> ids) {
    if (ids.isEmpty()) {
      throw new IllegalArgumentException("name at least one KPI, or ask for all");
    }
    return new KpiSelection(new LinkedHashSet<>(ids));
  }

  /**
   * The KPIs to call.
   *
   * @param active the registry's active KPIs
   * @return the selected ones, in the order of the registry, at least one
   * @throws NoJobException if none is active, or one that is asked for is not among them
   */
  public List<Kpi> from(List<Kpi> active) {
    if (active.isEmpty()) {
      throw new NoJobException(
          SkipReason.NO_ACTIVE_KPI,
          "the registry has no active KPI: set \"active\": true on those to call");
    }
    return ids.isEmpty() ? active : named(active);
  }

  private List<Kpi> named(List<Kpi> active) {
    List<String> unknown = new ArrayList<>(ids);
    unknown.removeAll(active.stream().map(Kpi::id).collect(Collectors.toSet()));
    if (!unknown.isEmpty()) {
      throw new NoJobException(SkipReason.UNKNOWN_KPI, unknownMessage(unknown));
    }
    return active.stream().filter(kpi -> ids.contains(kpi.id())).toList();
  }

  private static String unknownMessage(List<String> unknown) {
    String names = unknown.stream().limit(20).map(Texts::quote).collect(Collectors.joining(", "));
    String more = unknown.size() > 20 ? " and " + (unknown.size() - 20) + " more" : "";
    return "no active KPI in the registry has the id " + names + more;
  }
}
