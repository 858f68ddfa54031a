package io.schedulerworker.dispatch;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.WorkflowTrigger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers as a test says: at once from a KPI's script, or later, when the test completes the attempt. */
final class ScriptedTrigger implements WorkflowTrigger {
  final List<TriggerRequest> requests = new ArrayList<>();
  final Map<String, Deque<CompletableFuture<TriggerOutcome>>> open = new HashMap<>();
  private final Map<String, Deque<TriggerOutcome>> scripts = new HashMap<>();

  ScriptedTrigger answering(String kpiId, TriggerOutcome... outcomes) {
    scripts.put(kpiId, new ArrayDeque<>(List.of(outcomes)));
    return this;
  }

  @Override
  public CompletionStage<TriggerOutcome> trigger(TriggerRequest request) {
    requests.add(request);
    Deque<TriggerOutcome> script = scripts.get(request.kpiId());
    if (script != null && !script.isEmpty()) {
      return CompletableFuture.completedFuture(script.removeFirst());
    }
    CompletableFuture<TriggerOutcome> attempt = new CompletableFuture<>();
    open.computeIfAbsent(request.kpiId(), id -> new ArrayDeque<>()).add(attempt);
    return attempt;
  }

  void complete(String kpiId, TriggerOutcome outcome) {
    open.get(kpiId).removeFirst().complete(outcome);
  }

  boolean isInFlight(String kpiId) {
    return open.containsKey(kpiId) && !open.get(kpiId).isEmpty();
  }

  long inFlight() {
    return open.values().stream().mapToLong(Deque::size).sum();
  }

  long attempts(String kpiId) {
    return requests.stream().filter(request -> request.kpiId().equals(kpiId)).count();
  }

  @Override
  public void close() {}
}
