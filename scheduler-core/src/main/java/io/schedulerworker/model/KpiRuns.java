package io.schedulerworker.model;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runs of one state of a job, in order. They never change, so that a later state with the same runs shares them. */
final class KpiRuns extends AbstractMap<String, KpiRun> {
  private final Map<String, KpiRun> byId;

  private KpiRuns(Map<String, KpiRun> byId) {
    this.byId = Collections.unmodifiableMap(byId);
  }

  /** The same runs, safe from whoever gave them. */
  static KpiRuns copyOf(Map<String, KpiRun> runs) {
    return runs instanceof KpiRuns shared ? shared : new KpiRuns(new LinkedHashMap<>(runs));
  }

  /** Takes over what nobody else will change. */
  static KpiRuns owning(Map<String, KpiRun> runs) {
    return new KpiRuns(runs);
  }

  @Override
  public @Nullable KpiRun get(@Nullable Object id) {
    return byId.get(id);
  }

  @Override
  public boolean containsKey(@Nullable Object id) {
    return byId.containsKey(id);
  }

  @Override
  public int size() {
    return byId.size();
  }

  @Override
  public Set<String> keySet() {
    return byId.keySet();
  }

  @Override
  public Collection<KpiRun> values() {
    return byId.values();
  }

  @Override
  public Set<Map.Entry<String, KpiRun>> entrySet() {
    return byId.entrySet();
  }
}
