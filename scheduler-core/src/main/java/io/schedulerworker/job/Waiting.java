package io.schedulerworker.job;

import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvWalk;
import io.schedulerworker.port.Ttl;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Notes in JOBS_KV of which jobs the workflows are still at: all calls are over, and not all ends are reported. */
final class Waiting {
  private static final String KEY_PREFIX = "waiting:";
  private static final int PAGE = 1_000;

  private final KvStore store;
  private final Ttl life;

  Waiting(KvStore store, Ttl life) {
    this.store = store;
    this.life = life;
  }

  /** Notes a job, and since when. */
  void add(TraceId traceId, Instant since, Deadline deadline) {
    store.put(KEY_PREFIX + traceId, since.toString(), life, deadline);
  }

  Optional<KvEntry> find(TraceId traceId, Deadline deadline) {
    return store.get(KEY_PREFIX + traceId, deadline);
  }

  /** Removes a note; false if somebody was faster, or the job was noted anew, after a later drive. */
  boolean remove(KvEntry note, Deadline deadline) {
    return store.deleteIfUnchanged(note.key(), note.version(), deadline);
  }

  /** All that are noted. */
  Set<TraceId> all(Deadline deadline) {
    Set<TraceId> all = new LinkedHashSet<>();
    KvListing listing = KvListing.ascending(KEY_PREFIX, PAGE);
    KvWalk.over(store, listing, deadline).forEach(entry -> traceId(entry).ifPresent(all::add));
    return all;
  }

  private static Optional<TraceId> traceId(KvEntry entry) {
    try {
      return Optional.of(new TraceId(entry.key().substring(KEY_PREFIX.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
