package io.schedulerworker.dispatch;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls in the order in which they came, but those of different jobs in turn. Used by one lane, under its lock. */
final class CallQueue {
  private final Map<JobDispatch, Deque<KpiCall>> byJob = new HashMap<>();
  private final Deque<JobDispatch> turns = new ArrayDeque<>();

  boolean isEmpty() {
    return turns.isEmpty();
  }

  int size() {
    return byJob.values().stream().mapToInt(Deque::size).sum();
  }

  void add(KpiCall call) {
    queueOf(call).addLast(call);
  }

  /** Puts a call back, to be the next one of its job. */
  void putBack(KpiCall call) {
    queueOf(call).addFirst(call);
  }

  private Deque<KpiCall> queueOf(KpiCall call) {
    return byJob.computeIfAbsent(call.job(), job -> {
      turns.addLast(job);
      return new ArrayDeque<>();
    });
  }

  @Nullable
  KpiCall poll() {
    JobDispatch job = turns.pollFirst();
    if (job == null) {
      return null;
    }
    Deque<KpiCall> calls = byJob.get(job);
    KpiCall call = calls == null ? null : calls.pollFirst();
    if (calls == null || calls.isEmpty()) {
      byJob.remove(job);
    } else {
      turns.addLast(job);
    }
    return call;
  }

  /** Takes those of a job. */
  void drainTo(JobDispatch job, Collection<KpiCall> taken) {
    Deque<KpiCall> calls = byJob.remove(job);
    if (calls != null) {
      turns.remove(job);
      taken.addAll(calls);
    }
  }

  void drainTo(Collection<KpiCall> taken) {
    for (KpiCall call = poll(); call != null; call = poll()) {
      taken.add(call);
    }
  }
}
