package io.schedulerworker.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The KPIs of a job in their order, shared by all its states. Never changes. Thread-safe. */
final class KpiIds {
  static final int NOWHERE = -1;

  private final String[] ids;
  private volatile @Nullable Map<String, Integer> places;

  /** Of ids that are all different. */
  KpiIds(Collection<String> ids) {
    this.ids = ids.toArray(String[]::new);
  }

  int size() {
    return ids.length;
  }

  String at(int place) {
    return ids[place];
  }

  /** Where an id stands; {@link #NOWHERE} if it does not. */
  int placeOf(@Nullable Object id) {
    Map<String, Integer> known = places;
    return (known == null ? learn() : known).getOrDefault(id, NOWHERE);
  }

  /** When it is first asked for: a great job is recorded, and its KPIs called, before anybody asks. */
  private Map<String, Integer> learn() {
    Map<String, Integer> learnt = new HashMap<>(ids.length * 2);
    for (int i = 0; i < ids.length; i++) {
      learnt.put(ids[i], i);
    }
    places = learnt;
    return learnt;
  }

  boolean isSameAs(KpiIds other) {
    return this == other || Arrays.equals(ids, other.ids);
  }
}
