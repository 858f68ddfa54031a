package io.schedulerworker.dispatch;

import io.schedulerworker.model.Kpi;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls in the order in which they came, but those of different jobs in turn. Used by one lane, under its lock. */
final class CallQueue {
  private final String host;
  private final Map<JobDispatch, JobLine> byJob = new HashMap<>();
  private final Deque<JobDispatch> turns = new ArrayDeque<>();

  CallQueue(String host) {
    this.host = host;
  }

  boolean isEmpty() {
    return turns.isEmpty();
  }

  int size() {
    return byJob.values().stream().mapToInt(JobLine::size).sum();
  }

  void addAll(JobDispatch job, Collection<Kpi> kpis) {
    if (!kpis.isEmpty()) {
      lineOf(job).addAll(kpis);
    }
  }

  void add(KpiCall call) {
    lineOf(call.job()).add(call);
  }

  /** Puts a call back, to be the next one of its job. */
  void putBack(KpiCall call) {
    lineOf(call.job()).putBack(call);
  }

  private JobLine lineOf(JobDispatch job) {
    JobLine known = byJob.get(job);
    return known == null ? begin(job) : known;
  }

  private JobLine begin(JobDispatch job) {
    JobLine line = new JobLine(job, host);
    byJob.put(job, line);
    turns.addLast(job);
    return line;
  }

  @Nullable
  KpiCall poll() {
    JobDispatch job = turns.peekFirst();
    if (job == null) {
      return null;
    }
    JobLine line = byJob.get(job);
    KpiCall call = line == null ? null : line.poll();
    turns.removeFirst();
    if (line == null || line.isEmpty()) {
      byJob.remove(job);
    } else {
      turns.addLast(job);
    }
    return call;
  }

  /** Takes those of a job. */
  void drainTo(JobDispatch job, Collection<KpiCall> taken) {
    JobLine line = byJob.remove(job);
    if (line != null) {
      turns.remove(job);
      line.drainTo(taken);
    }
  }

  void drainTo(Collection<KpiCall> taken) {
    for (KpiCall call = poll(); call != null; call = poll()) {
      taken.add(call);
    }
  }
}
