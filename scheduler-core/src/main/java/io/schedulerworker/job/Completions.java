package io.schedulerworker.job;

import io.schedulerworker.json.StepJson;
import io.schedulerworker.model.Completion;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Step;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Ttl;
import java.util.List;
import java.util.Optional;

/**
 * Takes what workflows report of their ends. A completion is a step of its own under a key of its own, so that any number
 * may come at once, at any process, without a conflict; the first for a KPI is the only one. Thread-safe.
 */
public final class Completions {
  private final KvStore store;
  private final JobReader reader;
  private final Ttl life;

  /**
   * On a store.
   *
   * @param store JOBS_KV
   * @param life how long a completion lives that nobody joins into its record
   */
  public Completions(KvStore store, Ttl life) {
    this.store = store;
    this.reader = new JobReader(store);
    this.life = life;
  }

  /**
   * Takes a completion.
   *
   * @param traceId the job
   * @param end the KPI's run at its end
   * @param deadline by when the call must have ended
   * @return what it meets; when it is recorded it is stored
   * @throws io.schedulerworker.model.FormatException if what is stored is no job record
   * @throws KvStoreException if the store fails: it may or may not be recorded, and may be reported again
   */
  public Completion complete(TraceId traceId, KpiRun end, Deadline deadline) {
    Optional<JobRecord> job = reader.find(traceId, deadline);
    Optional<KpiRun> known = job.map(found -> found.kpis().get(end.kpiId()));
    if (known.isEmpty()) {
      return Completion.UNKNOWN;
    }
    return known.get().isSettledByOthers()
        ? compare(known.get().status(), end)
        : record(traceId, end, deadline);
  }

  private Completion record(TraceId traceId, KpiRun end, Deadline deadline) {
    String key = Step.completionKey(traceId, end.kpiId());
    String text = StepJson.write(new Step(Step.OF_ANYBODY, List.of(end), List.of()));
    while (store.putIfAbsent(key, text, life, deadline).isEmpty()) {
      Optional<KvEntry> first = store.get(key, deadline);
      if (first.isPresent()) {
        return compare(StepJson.read(first.get().value()).runs().get(0).status(), end);
      }
    }
    return Completion.RECORDED;
  }

  private static Completion compare(KpiStatus first, KpiRun end) {
    return first == end.status() ? Completion.REPEATED : Completion.CONFLICT;
  }
}
