package io.schedulerworker.job;

import io.schedulerworker.json.JobSummaryJson;
import io.schedulerworker.model.CallTally;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobSummary;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvWalk;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the KPIs of recent jobs against their calls, by what the store says. A job whose lease has not changed for the grace
 * is one that no process is at. Not thread-safe.
 */
public final class CallCheck {
  private static final int PAGE = 100;

  /** Of more jobs the newest are looked at. */
  private static final int MOST_JOBS = 500;

  /** Records can be large: the others have their turn at the next look. */
  private static final int MOST_RECORDS = 20;

  private final KvStore store;
  private final JobReader reader;
  private final Leases leases;
  private final Clock clock;
  private final Duration grace;
  private final Map<TraceId, SeenLease> seenLeases = new HashMap<>();

  /** Jobs that have called all, in the state that their summary had then. */
  private Map<TraceId, JobSummary> allCalled = new HashMap<>();

  /** Jobs of which there is a summary. */
  private Set<TraceId> shown = Set.of();

  /** A lease as it was first seen. */
  private record SeenLease(Version version, long since) {}

  /**
   * On a store.
   *
   * @param jobsKv holds the jobs
   * @param clock the time
   * @param grace what is younger is left out
   */
  public CallCheck(KvStore jobsKv, Clock clock, Duration grace) {
    this.store = jobsKv;
    this.reader = new JobReader(jobsKv);
    this.leases = new Leases(jobsKv, Ttl.NONE);
    this.clock = clock;
    this.grace = grace;
  }

  /**
   * Looks at the newest jobs.
   *
   * @param from what has an older trace id is not looked at
   * @param until what was made later is not looked at
   * @param deadline by when the call must have ended
   * @return by schedule, those by hand included, what was found; of none it is said that it is missing
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Map<ScheduleId, CallTally> look(Instant from, Instant until, Deadline deadline) {
    Look look = new Look(until, deadline);
    String last = JobSummary.key(TraceId.ofManual(from, "00000000"));
    int left = MOST_JOBS;
    for (KvEntry entry :
        KvWalk.over(store, KvListing.descending(JobSummary.KEY_PREFIX, PAGE), deadline)) {
      if (left == 0 || entry.key().compareTo(last) < 0) {
        break;
      }
      left--;
      read(entry).ifPresent(look::at);
    }
    seenLeases.keySet().retainAll(look.leased);
    allCalled = look.allCalledNow;
    shown = look.shownNow;
    return look.tallies;
  }

  private static Optional<JobSummary> read(KvEntry entry) {
    try {
      return Optional.of(JobSummaryJson.read(entry.value()));
    } catch (FormatException e) {
      // The sweep of summaries puts it right, and whoever lists jobs says so.
      return Optional.empty();
    }
  }

  /**
   * Of jobs that fires became, those of which there is nothing: neither a summary, nor a record, nor a lease of somebody who
   * may be about to write it. Knows the summaries of the last {@link #look}.
   *
   * @param jobs which ones, the newest first; of those without a summary the first few are looked for
   * @param deadline by when the call must have ended
   * @return those that are not there
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public List<TraceId> missing(List<TraceId> jobs, Deadline deadline) {
    return jobs.stream()
        .filter(traceId -> !shown.contains(traceId))
        .limit(MOST_RECORDS)
        .filter(traceId -> !leases.exists(traceId, deadline))
        .filter(traceId -> store.get(JobRecord.key(traceId), deadline).isEmpty())
        .toList();
  }

  /** One walk through the jobs. */
  private final class Look {
    private final Instant until;
    private final Deadline deadline;
    private final Map<ScheduleId, CallTally> tallies = new HashMap<>();
    private final Map<TraceId, JobSummary> allCalledNow = new HashMap<>();
    private final Set<TraceId> shownNow = new HashSet<>();
    private final Set<TraceId> leased = new HashSet<>();
    private int records = MOST_RECORDS;

    Look(Instant until, Deadline deadline) {
      this.until = until;
      this.deadline = deadline;
    }

    void at(JobSummary job) {
      shownNow.add(job.traceId());
      if (job.createdAt().isAfter(until)) {
        return;
      }
      boolean hasCalled = job.status().isTerminal() || job.equals(allCalled.get(job.traceId()));
      if (hasCalled) {
        called(job);
      } else if (!isHeld(job.traceId()) && records > 0) {
        records--;
        lookInto(job);
      }
    }

    private void called(JobSummary job) {
      allCalledNow.put(job.traceId(), job);
      int kpis = job.counts().total();
      add(job, new CallTally(kpis, kpis, List.of(), List.of()));
    }

    private boolean isHeld(TraceId traceId) {
      Optional<Leases.Stored> found = leases.find(traceId, deadline);
      if (found.isEmpty()) {
        return false;
      }
      leased.add(traceId);
      Version version = found.get().version();
      long now = clock.nanoTime();
      SeenLease before = seenLeases.merge(
          traceId,
          new SeenLease(version, now),
          (old, next) -> old.version().equals(version) ? old : next);
      return now - before.since() < grace.toNanos();
    }

    private void lookInto(JobSummary job) {
      try {
        reader.find(job.traceId(), deadline).ifPresent(record -> compare(job, record));
      } catch (FormatException e) {
        // Whoever goes on with the job, or shows it, says what is wrong with it.
        add(job, new CallTally(job.counts().total(), 0, List.of(job.traceId()), List.of()));
      }
    }

    private void compare(JobSummary job, JobRecord record) {
      int pending = record.pendingIds().size();
      if (pending == 0) {
        called(job);
      } else if (!record.updatedAt().isAfter(until)) {
        int total = record.kpis().size();
        add(job, new CallTally(total, total - pending, List.of(job.traceId()), List.of()));
      }
    }

    private void add(JobSummary job, CallTally more) {
      Fire fire = job.metadata().fire();
      ScheduleId schedule = fire == null ? ScheduleId.MANUAL : fire.schedule();
      tallies.merge(schedule, more, CallTally::and);
    }
  }
}
