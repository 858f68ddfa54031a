package io.schedulerworker.job;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.Optional;

/** The job records in JOBS_KV, which other programs read and change too. */
final class JobRecords {
  private final KvStore store;
  private final Ttl retention;
  private final Summaries summaries;

  JobRecords(KvStore store, Ttl retention, Summaries summaries) {
    this.store = store;
    this.retention = retention;
    this.summaries = summaries;
  }

  Optional<JobRecord> read(TraceId traceId, Deadline deadline) {
    return store
        .get(JobRecord.key(traceId), deadline)
        .map(entry -> JobRecordJson.read(entry.value()));
  }

  boolean exists(String name, Deadline deadline) {
    return store.get(JobRecord.KEY_PREFIX + name, deadline).isPresent();
  }

  /**
   * Some of what is stored under the keys of records, newest first.
   *
   * @param before what follows the prefix in the key to go on after; empty for the newest
   */
  KvPage page(Optional<String> before, int limit, Deadline deadline) {
    KvListing listing = KvListing.descending(JobRecord.KEY_PREFIX, limit);
    return store.list(
        before.map(name -> listing.after(JobRecord.KEY_PREFIX + name)).orElse(listing), deadline);
  }

  /** Creates a record, with its summary, if there is none under its key; empty if there is one. */
  Optional<Stored> create(JobRecord job, Deadline deadline) {
    String text = JobRecordJson.write(job);
    Optional<Stored> created = store
        .putIfAbsent(job.key(), text, retention, deadline)
        .map(version -> new Stored(job, version, text.length()));
    created.ifPresent(stored -> summaries.show(job, deadline));
    return created;
  }

  /**
   * Writes a later state of a job, joined with what another program made of the record meanwhile, and then the summary.
   */
  Update update(Stored known, JobRecord later, Deadline deadline) {
    Optional<Stored> written = replaced(later, known.version(), deadline);
    while (written.isEmpty()) {
      Optional<KvEntry> found = store.get(later.key(), deadline);
      if (found.isEmpty()) {
        return Update.DELETED;
      }
      JobRecord theirs = JobRecordJson.read(found.get().value());
      if (theirs.metadata().epoch() > later.metadata().epoch()) {
        return Update.FENCED;
      }
      written = replaced(theirs.join(later), found.get().version(), deadline);
    }
    summaries.show(written.get().job(), deadline);
    return new Update(Update.Kind.WRITTEN, written.get());
  }

  /** Writes a later state of a job, and then the summary, if the record is still as it was known; empty if not. */
  Optional<Stored> replace(Stored known, JobRecord later, Deadline deadline) {
    Optional<Stored> written = replaced(later, known.version(), deadline);
    written.ifPresent(stored -> summaries.show(stored.job(), deadline));
    return written;
  }

  private Optional<Stored> replaced(JobRecord job, Version expected, Deadline deadline) {
    String text = JobRecordJson.write(job);
    return store
        .replaceIfUnchanged(job.key(), text, expected, retention, deadline)
        .map(version -> new Stored(job, version, text.length()));
  }

  /** Notes the job as the last one, unless a later one stands there already. */
  void noteLast(TraceId traceId, Deadline deadline) {
    boolean noted = false;
    while (!noted) {
      Optional<KvEntry> found = store.get(JobRecord.LAST_TRACE_ID_KEY, deadline);
      noted = found
          .map(last -> raise(last, traceId, deadline))
          .orElseGet(() -> first(traceId, deadline));
    }
  }

  private boolean first(TraceId traceId, Deadline deadline) {
    return store
        .putIfAbsent(JobRecord.LAST_TRACE_ID_KEY, traceId.value(), Ttl.NONE, deadline)
        .isPresent();
  }

  private boolean raise(KvEntry last, TraceId traceId, Deadline deadline) {
    if (last.value().compareTo(traceId.value()) >= 0) {
      return true;
    }
    return store
        .replaceIfUnchanged(last.key(), traceId.value(), last.version(), Ttl.NONE, deadline)
        .isPresent();
  }

  /** A record with the version and the size in characters that it has in the store. */
  record Stored(JobRecord job, Version version, int size) {
    Stored {
      // A version that nobody has asked for keeps the whole text in memory.
      version = new Version(version.token());
    }
  }
}
