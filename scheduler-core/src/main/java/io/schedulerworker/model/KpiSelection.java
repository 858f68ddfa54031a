package io.schedulerworker.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which of the registry's active KPIs a job calls. */
public final class KpiSelection {
  private static final KpiSelection ALL = new KpiSelection(Set.of(), "all", kpi -> true);

  private final Set<String> ids;
  private final String name;
  private final Predicate<Kpi> rule;

  private KpiSelection(Set<String> ids, String name, Predicate<Kpi> rule) {
    this.ids = ids;
    this.name = name;
    this.rule = rule;
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
    Set<String> wanted = new LinkedHashSet<>(ids);
    // Lengths make it one to one, whatever characters the ids have.
    String name = new TreeSet<>(wanted)
        .stream().map(id -> id.length() + ":" + id).collect(Collectors.joining(",", "ids ", ""));
    return new KpiSelection(wanted, name, kpi -> wanted.contains(kpi.id()));
  }

  /**
   * Those that a rule holds for.
   *
   * @param name the rule in words, as messages show it, for example {@code type = "price"}
   * @param rule asked for each active KPI of each job; thread-safe
   * @return the selection
   */
  public static KpiSelection where(String name, Predicate<Kpi> rule) {
    return new KpiSelection(Set.of(), name, rule);
  }

  /**
   * Tells selections apart: two that select alike, whatever the order of their ids, have the same digest.
   *
   * @return 64 hexadecimal digits
   */
  public String digest() {
    return Sha256.hex(name);
  }

  /**
   * The KPIs to call.
   *
   * @param active the registry's active KPIs
   * @return the selected ones, in the order of the registry, at least one
   * @throws NoJobException if none is active, an id that is asked for is not among them, or the rule holds for none
   */
  public List<Kpi> from(List<Kpi> active) {
    if (active.isEmpty()) {
      throw new NoJobException(
          SkipReason.NO_ACTIVE_KPI,
          "the registry has no active KPI: set \"active\": true on those to call");
    }
    checkNamed(active);
    List<Kpi> selected = active.stream().filter(rule).toList();
    if (selected.isEmpty()) {
      throw new NoJobException(
          SkipReason.NO_ACTIVE_KPI, "no active KPI of the registry is selected by " + name);
    }
    return selected;
  }

  private void checkNamed(List<Kpi> active) {
    if (ids.isEmpty()) {
      return;
    }
    List<String> unknown = new ArrayList<>(ids);
    unknown.removeAll(active.stream().map(Kpi::id).collect(Collectors.toSet()));
    if (!unknown.isEmpty()) {
      throw new NoJobException(SkipReason.UNKNOWN_KPI, unknownMessage(unknown));
    }
  }

  private static String unknownMessage(List<String> unknown) {
    String names = unknown.stream().limit(20).map(Texts::quote).collect(Collectors.joining(", "));
    String more = unknown.size() > 20 ? " and " + (unknown.size() - 20) + " more" : "";
    return "no active KPI in the registry has the id " + names + more;
  }
}
