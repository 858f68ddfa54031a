package io.schedulerworker.simulation;

import java.util.ArrayList;
import java.util.List;

/** What befell the replicas: the excuses for what would be wrong without them. */
final class Incidents {
  static final String SUSPENSION = "a suspension";
  static final String CLOCK_SET_BACK = "a clock set back";

  private final List<Incident> all = new ArrayList<>();

  /** Something that happened to a process, and for how long it may have been hindered. */
  record Incident(Incarnation who, long from, long to, String what) {}

  void add(Incarnation who, long from, long to, String what) {
    all.add(new Incident(who, from, to, what));
  }

  /** Whether anything befell a process within a span. */
  boolean hit(Incarnation who, long from, long to) {
    return all.stream()
        .anyMatch(incident -> incident.who == who && incident.from <= to && incident.to >= from);
  }

  /** Whether a process slept and could not know: its wall clock was set back besides. */
  boolean sleptUnawares(Incarnation who, long from, long to) {
    return hit(who, from, to, SUSPENSION) && hit(who, from, to, CLOCK_SET_BACK);
  }

  private boolean hit(Incarnation who, long from, long to, String what) {
    return all.stream()
        .filter(incident -> incident.what.equals(what))
        .anyMatch(incident -> incident.who == who && incident.from <= to && incident.to >= from);
  }

  List<Incident> all() {
    return all;
  }
}
