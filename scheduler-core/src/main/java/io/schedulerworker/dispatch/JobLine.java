package io.schedulerworker.dispatch;

import io.schedulerworker.model.Kpi;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What waits of one job at one host, in order. A KPI that has not been called is made a call when its turn comes:
 * thousands wait.
 */
final class JobLine {
  private final JobDispatch job;
  private final String host;
  private final Deque<KpiCall> made = new ArrayDeque<>();
  private final Deque<Kpi> uncalled = new ArrayDeque<>();

  JobLine(JobDispatch job, String host) {
    this.job = job;
    this.host = host;
  }

  boolean isEmpty() {
    return made.isEmpty() && uncalled.isEmpty();
  }

  int size() {
    return made.size() + uncalled.size();
  }

  void addAll(Collection<Kpi> kpis) {
    uncalled.addAll(kpis);
  }

  void add(KpiCall call) {
    made.addLast(call);
  }

  /** Puts a call back, to be the next one. */
  void putBack(KpiCall call) {
    made.addFirst(call);
  }

  @Nullable
  KpiCall poll() {
    KpiCall call = made.pollFirst();
    if (call != null) {
      return call;
    }
    Kpi kpi = uncalled.peekFirst();
    if (kpi == null) {
      return null;
    }
    // Made before it is taken out: where there is no memory for it, it still waits.
    KpiCall next = new KpiCall(job, kpi, host);
    uncalled.removeFirst();
    return next;
  }

  void drainTo(Collection<KpiCall> taken) {
    for (KpiCall call = poll(); call != null; call = poll()) {
      taken.add(call);
    }
  }
}
