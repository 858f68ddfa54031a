package io.schedulerworker.dispatch;

import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** One job on its way through the lanes: counts the KPIs that are still to come. Thread-safe. */
public final class JobDispatch {
  private final JobCalls calls;
  private final AtomicInteger open;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile Collection<HostLane> lanes = List.of();
  private volatile boolean abandoned;

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

  /**
   * The end of the calls.
   *
   * @return completes when no KPI needs a further call, or, after {@link #abandon} or {@link Dispatcher#stop}, when no call
   *     is in flight; never exceptionally
   */
  public CompletionStage<Void> whenDone() {
    return done.minimalCompletionStage();
  }

  /** Begins no further attempt. Calls in flight go on to their end; the KPIs not called are left. May be called again. */
  public void abandon() {
    abandoned = true;
    lanes.forEach(lane -> lane.leave(this));
  }

  boolean isAbandoned() {
    return abandoned;
  }

  void goesThrough(Collection<HostLane> passed) {
    lanes = List.copyOf(passed);
  }

  void settled(KpiRun run) {
    try {
      calls.settled().accept(run);
    } finally {
      oneLess();
    }
  }

  /** A KPI that will not be called after all, and stays as it was. */
  void left(Kpi kpi) {
    try {
      calls.left().accept(kpi);
    } finally {
      oneLess();
    }
  }

  private void oneLess() {
    if (open.decrementAndGet() == 0) {
      done.complete(null);
    }
  }
}
