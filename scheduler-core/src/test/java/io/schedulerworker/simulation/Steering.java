package io.schedulerworker.simulation;

import io.schedulerworker.model.TraceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was driven again by hand, as far as those who asked were told. */
final class Steering {
  private final List<Promise> promised = new ArrayList<>();
  private final Map<TraceId, Integer> asked = new HashMap<>();
  private int names;

  /** Who asked was told that so many KPIs of a job are driven again. */
  record Promise(TraceId traceId, String by, int kpis) {}

  /** Somebody will ask that something of a job be driven again; returns a name that nobody else has. */
  String asksToRetry(TraceId traceId) {
    asked.merge(traceId, 1, Integer::sum);
    return "operator " + ++names;
  }

  void promised(TraceId traceId, String by, int kpis) {
    promised.add(new Promise(traceId, by, kpis));
  }

  List<Promise> promised() {
    return promised;
  }

  int timesAsked(TraceId traceId) {
    return asked.getOrDefault(traceId, 0);
  }
}
