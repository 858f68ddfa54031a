package io.schedulerworker.simulation;

import io.schedulerworker.model.TraceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What jobs were started by hand, as far as those who asked were told. */
final class Manual {
  private final List<TraceId> promised = new ArrayList<>();
  private final Map<String, Set<TraceId>> byRequest = new LinkedHashMap<>();
  private final Set<String> requests = new LinkedHashSet<>();
  private int asked;

  void asked() {
    asked++;
  }

  void asked(String requestKey) {
    requests.add(requestKey);
  }

  void promised(TraceId traceId) {
    promised.add(traceId);
  }

  void promised(String requestKey, TraceId traceId) {
    promised.add(traceId);
    byRequest.computeIfAbsent(requestKey, key -> new LinkedHashSet<>()).add(traceId);
  }

  int timesAsked() {
    return asked;
  }

  int requests() {
    return requests.size();
  }

  List<TraceId> promised() {
    return promised;
  }

  Map<String, Set<TraceId>> byRequest() {
    return byRequest;
  }
}
