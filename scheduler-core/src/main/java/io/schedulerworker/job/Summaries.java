package io.schedulerworker.job;

import io.schedulerworker.json.JobSummaryJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobSummary;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvWalk;
import io.schedulerworker.port.Ttl;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What lists show of jobs, in JOBS_KV beside the records. A summary is written after its record and only goes forward, so
 * that of two who write at the same time the one with the earlier state changes nothing.
 */
final class Summaries {
  private static final Logger LOG = System.getLogger(Summaries.class.getName());
  private static final int PAGE = 50;

  /** Where records went without their summaries there may be any number. */
  static final int MOST_BETWEEN = 1_000;

  private final KvStore store;
  private final Ttl life;
  private final Executor executor;

  /**
   * In a store.
   *
   * @param executor writes what need not be waited for
   */
  Summaries(KvStore store, Ttl life, Executor executor) {
    this.store = store;
    this.life = life;
    this.executor = executor;
  }

  /**
   * Shows a job as it is here, unless a later state is shown already. Throws nothing: the record is what counts, and
   * whoever writes it next, or sweeps, makes good what fails. Calls do not wait for it: it blocks only once all are over,
   * so that a process that has given a job away owes nothing.
   *
   * @return whether it is shown now
   */
  boolean show(JobRecord job, Deadline deadline) {
    JobSummary summary = JobSummary.of(job);
    if (job.hasPending()) {
      showSoon(summary, deadline);
      return false;
    }
    return show(summary, deadline);
  }

  private void showSoon(JobSummary summary, Deadline deadline) {
    try {
      executor.execute(() -> show(summary, deadline));
    } catch (RejectedExecutionException e) {
      left(summary, e);
    }
  }

  /** Like {@link #show(JobRecord, Deadline)}; blocks. */
  boolean show(JobSummary summary, Deadline deadline) {
    try {
      advance(summary, deadline);
      return true;
    } catch (RuntimeException | Error e) {
      left(summary, e);
      return false;
    }
  }

  private static void left(JobSummary summary, Throwable why) {
    LOG.log(
        Level.DEBUG, "lists do not show yet how {0} is: {1}", summary.traceId(), why.getMessage());
  }

  private void advance(JobSummary later, Deadline deadline) {
    boolean shown = false;
    while (!shown) {
      Optional<KvEntry> found = store.get(later.key(), deadline);
      shown = found
          .map(known -> isShown(known, later) || replace(known, later, deadline))
          .orElseGet(() -> put(later, deadline));
    }
  }

  private static boolean isShown(KvEntry known, JobSummary later) {
    return read(known).filter(shown -> !later.isAfter(shown)).isPresent();
  }

  private boolean put(JobSummary summary, Deadline deadline) {
    return store
        .putIfAbsent(summary.key(), JobSummaryJson.write(summary), life, deadline)
        .isPresent();
  }

  /** Also with an earlier state; false if somebody else has written it since. */
  boolean replace(KvEntry known, JobSummary next, Deadline deadline) {
    return store
        .replaceIfUnchanged(next.key(), JobSummaryJson.write(next), known.version(), life, deadline)
        .isPresent();
  }

  /** Removes one that nobody has written since. */
  void remove(KvEntry known, Deadline deadline) {
    store.deleteIfUnchanged(known.key(), known.version(), deadline);
  }

  Optional<KvEntry> find(TraceId traceId, Deadline deadline) {
    return store.get(JobSummary.key(traceId), deadline);
  }

  /** What an entry says; empty if it is no summary, which counts as none. */
  static Optional<JobSummary> read(KvEntry entry) {
    try {
      return Optional.of(JobSummaryJson.read(entry.value()));
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Those of a part of the jobs, by what follows the prefix in their keys; not more than {@value #MOST_BETWEEN} of them.
   *
   * @param before the part's end, itself outside; empty for the newest job
   * @param downTo its other end, within; empty for the oldest job
   */
  Map<String, KvEntry> between(
      Optional<String> before, Optional<String> downTo, Deadline deadline) {
    Map<String, KvEntry> found = new LinkedHashMap<>();
    String least = JobSummary.KEY_PREFIX + downTo.orElse("");
    KvListing listing = KvListing.descending(JobSummary.KEY_PREFIX, PAGE);
    Optional<String> from = before.map(JobSummary.KEY_PREFIX::concat);
    for (KvEntry entry : KvWalk.over(store, from.map(listing::after).orElse(listing), deadline)) {
      int toGo = entry.key().compareTo(least);
      if (toGo >= 0) {
        found.put(entry.key().substring(JobSummary.KEY_PREFIX.length()), entry);
      }
      if (toGo <= 0 || found.size() == MOST_BETWEEN) {
        break;
      }
    }
    return found;
  }
}
