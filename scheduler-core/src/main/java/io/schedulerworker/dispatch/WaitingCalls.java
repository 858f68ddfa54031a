package io.schedulerworker.dispatch;

import io.schedulerworker.model.Kpi;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait at a host. Those that the host had asked to wait come first, then retries, then those that have not
 * been made yet; among each kind, jobs take turns. Used by one lane, under its lock.
 */
final class WaitingCalls {
  private final CallQueue repeated;
  private final CallQueue retries;
  private final CallQueue fresh;

  WaitingCalls(String host) {
    repeated = new CallQueue(host);
    retries = new CallQueue(host);
    fresh = new CallQueue(host);
  }

  boolean isEmpty() {
    return repeated.isEmpty() && retries.isEmpty() && fresh.isEmpty();
  }

  int size() {
    return repeated.size() + retries.size() + fresh.size();
  }

  boolean hasRetries() {
    return !retries.isEmpty();
  }

  /** Adds KPIs of a job that have not been called. */
  void addAll(JobDispatch job, Collection<Kpi> kpis) {
    fresh.addAll(job, kpis);
  }

  void add(KpiCall call) {
    queueOf(call).add(call);
  }

  /** Puts a call back, to be the next one of its job. */
  void putBack(KpiCall call) {
    queueOf(call).putBack(call);
  }

  private CallQueue queueOf(KpiCall call) {
    if (call.attempts() == 0) {
      return fresh;
    }
    return call.isRetry() ? retries : repeated;
  }

  /** Takes the next one; null if there is none, or none but retries that may not be made. */
  @Nullable
  KpiCall poll(boolean mayRetry) {
    KpiCall call = repeated.poll();
    if (call == null && mayRetry) {
      call = retries.poll();
    }
    return call == null ? fresh.poll() : call;
  }

  /** Takes those of a job. */
  void drainTo(JobDispatch job, Collection<KpiCall> taken) {
    repeated.drainTo(job, taken);
    retries.drainTo(job, taken);
    fresh.drainTo(job, taken);
  }

  void drainTo(Collection<KpiCall> taken) {
    repeated.drainTo(taken);
    retries.drainTo(taken);
    fresh.drainTo(taken);
  }
}
