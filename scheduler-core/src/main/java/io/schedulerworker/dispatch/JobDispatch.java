package io.schedulerworker.dispatch;

import io.schedulerworker.model.KpiRun;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** One job on its way through the lanes: counts the KPIs that are still to come. */
final class JobDispatch {
  private final JobCalls calls;
  private final AtomicInteger open;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  JobDispatch(JobCalls calls) {
    this.calls = calls;
    this.open = new AtomicInteger(calls.kpis().size());
    if (calls.kpis().isEmpty()) {
      done.complete(null);
    }
  }

  JobCalls calls() {
    return calls;
  }

  CompletionStage<Void> whenDone() {
    return done.minimalCompletionStage();
  }

  void settled(KpiRun run) {
    try {
      calls.settled().accept(run);
    } finally {
      left();
    }
  }

  /** A KPI that will not be called after all, and stays as it was. */
  void left() {
    if (open.decrementAndGet() == 0) {
      done.complete(null);
    }
  }
}
