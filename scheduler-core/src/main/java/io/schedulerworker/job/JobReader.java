package io.schedulerworker.job;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads jobs as they are: records with the steps that have not been joined into them yet. Thread-safe. */
public final class JobReader {
  private final KvStore store;
  private final Steps steps;

  /**
   * Of a store.
   *
   * @param store JOBS_KV
   */
  public JobReader(KvStore store) {
    this.store = store;
    this.steps = new Steps(store, Ttl.NONE);
  }

  /**
   * One job.
   *
   * @param traceId its name
   * @param deadline by when to have it
   * @return empty if there is no record
   * @throws io.schedulerworker.model.FormatException if what is stored is no record, or a step of it is none
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Optional<JobRecord> find(TraceId traceId, Deadline deadline) {
    return read(traceId, deadline).map(JoinedJob::job);
  }

  /** The record first: a step that is joined into it meanwhile stays, so none is missed. */
  Optional<JoinedJob> read(TraceId traceId, Deadline deadline) {
    return read(traceId, deadline, entry -> {});
  }

  /** Shows each entry that it reads, of which a {@link Fingerprint} may be taken. */
  Optional<JoinedJob> read(TraceId traceId, Deadline deadline, Consumer<KvEntry> look) {
    Optional<KvEntry> found = store.get(JobRecord.key(traceId), deadline);
    found.ifPresent(look);
    return found.map(entry -> join(entry, JobRecordJson.read(entry.value()), deadline, look));
  }

  private JoinedJob join(
      KvEntry entry, JobRecord record, Deadline deadline, Consumer<KvEntry> look) {
    JobRecords.Stored raw =
        new JobRecords.Stored(record, entry.version(), entry.value().length());
    return JoinedJob.of(raw, steps.of(record.traceId(), deadline, look));
  }

  /** Of what {@link #read} would show, at a small part of its cost. */
  String fingerprint(TraceId traceId, Deadline deadline) {
    Fingerprint fingerprint = new Fingerprint();
    Optional<KvEntry> record = store.get(JobRecord.key(traceId), deadline);
    record.ifPresent(fingerprint::add);
    if (record.isPresent()) {
      steps.entries(traceId, deadline).forEach(fingerprint::add);
    }
    return fingerprint.text();
  }
}
