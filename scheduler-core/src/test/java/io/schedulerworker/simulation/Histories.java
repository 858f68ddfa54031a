package io.schedulerworker.simulation;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.json.LeaseJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.Step;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.simulation.SimStore.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The store's changes, sorted by what they are about. */
final class Histories {
  private final Map<String, List<Change>> ledgers = new TreeMap<>();
  private final Map<TraceId, List<Change>> jobs = new TreeMap<>();
  private final Map<TraceId, List<LeaseChange>> leases = new TreeMap<>();
  private final Map<TraceId, JobRecord> firstRecords = new LinkedHashMap<>();

  /**
   * A change of a lease; what is null was not there.
   *
   * @param again whether the same job had a lease before
   */
  record LeaseChange(Change change, boolean again, Lease before, Lease after) {}

  Histories(Run run) {
    run.store.history().forEach(this::add);
  }

  private void add(Change change) {
    String key = change.key();
    if (key.startsWith("schedule:")) {
      ledgers.computeIfAbsent(key, each -> new ArrayList<>()).add(change);
    } else if (key.startsWith(Lease.KEY_PREFIX)) {
      List<LeaseChange> ofJob =
          leases.computeIfAbsent(Lease.traceId(key), each -> new ArrayList<>());
      ofJob.add(
          new LeaseChange(change, !ofJob.isEmpty(), lease(change.before()), lease(change.after())));
    } else if (key.startsWith(JobRecord.KEY_PREFIX)) {
      TraceId traceId = new TraceId(key.substring(JobRecord.KEY_PREFIX.length()));
      addJob(traceId, change);
      firstRecords.computeIfAbsent(traceId, each -> JobRecordJson.read(change.after()));
    } else {
      Step.traceId(key).ifPresent(traceId -> addJob(traceId, change));
    }
  }

  private void addJob(TraceId traceId, Change change) {
    jobs.computeIfAbsent(traceId, each -> new ArrayList<>()).add(change);
  }

  private static Lease lease(String text) {
    return text == null ? null : LeaseJson.read(text);
  }

  /** Changes of ledgers by key. */
  Map<String, List<Change>> ledgers() {
    return ledgers;
  }

  /** Changes of a job's record and of its steps, by job. */
  Map<TraceId, List<Change>> jobs() {
    return jobs;
  }

  Map<TraceId, List<LeaseChange>> leases() {
    return leases;
  }

  List<LeaseChange> leases(TraceId traceId) {
    return leases.getOrDefault(traceId, List.of());
  }

  /** Whether the last to write a record was one of the replicas. */
  boolean lastByOurs(String recordKey) {
    TraceId traceId = new TraceId(recordKey.substring(JobRecord.KEY_PREFIX.length()));
    List<Change> changes = jobs.get(traceId).stream()
        .filter(change -> change.key().equals(recordKey))
        .toList();
    return changes.get(changes.size() - 1).by() != null;
  }

  /** Every job that ever had a record, as it was at first. */
  Map<TraceId, JobRecord> firstRecords() {
    return firstRecords;
  }
}
