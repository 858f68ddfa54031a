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
import java.util.ArrayList;
import java.util.Comparator;
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

  /** Records can be large: the others have their turn at the next looks, and keep what was found of them until then. */
  private static final int MOST_RECORDS = 20;

  private static final Verdict NO_TURN_YET = new Verdict(0, Optional.empty(), 0);

  private final KvStore store;
  private final JobReader reader;
  private final Leases leases;
  private final Clock clock;
  private final Duration grace;
  private final Map<TraceId, SeenLease> seenLeases = new HashMap<>();

  /** What was found of the jobs at the last look. */
  private Map<TraceId, Verdict> verdicts = Map.of();

  private long looks;

  /** A lease as it was first seen. */
  private record SeenLease(Version version, long since) {}

  /**
   * What was found of a job.
   *
   * @param epoch its epoch then: a later one may have KPIs to call again
   * @param tally empty while a process is at it
   * @param turn the look at which it was looked into; 0 if it has not had its turn
   */
  private record Verdict(int epoch, Optional<CallTally> tally, long turn) {
    boolean hasCalledAll(JobSummary now) {
      return tally.filter(CallTally::isWell).isPresent()
          && epoch == now.metadata().epoch();
    }
  }

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
   * @param until what was made later, or has a later trace id, is not looked at
   * @param deadline by when the call must have ended
   * @return by schedule, those by hand included, what was found; of none it is said that it is missing
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Map<ScheduleId, CallTally> look(Instant from, Instant until, Deadline deadline) {
    looks++;
    Look look = new Look(jobs(from, until, deadline), until, deadline);
    look.judgeAll();
    seenLeases.keySet().retainAll(look.open);
    verdicts = look.now;
    return look.tallies();
  }

  private List<JobSummary> jobs(Instant from, Instant until, Deadline deadline) {
    List<JobSummary> jobs = new ArrayList<>();
    String oldest = JobSummary.key(TraceId.ofManual(from, "00000000"));
    KvListing listing = KvListing.descending(JobSummary.KEY_PREFIX, PAGE)
        .after(JobSummary.key(TraceId.ofManual(until, "zzzzzzzz")));
    for (KvEntry entry : KvWalk.over(store, listing, deadline)) {
      if (jobs.size() == MOST_JOBS || entry.key().compareTo(oldest) < 0) {
        break;
      }
      read(entry).filter(job -> !job.createdAt().isAfter(until)).ifPresent(jobs::add);
    }
    return jobs;
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
   * may be about to write it.
   *
   * @param jobs which ones; those that the last {@link #look} came upon are not looked for
   * @param deadline by when the call must have ended
   * @return those that are not there
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public List<TraceId> missing(List<TraceId> jobs, Deadline deadline) {
    return jobs.stream()
        .filter(traceId -> !verdicts.containsKey(traceId))
        .filter(traceId -> store.get(JobSummary.key(traceId), deadline).isEmpty())
        .filter(traceId -> store.get(JobRecord.key(traceId), deadline).isEmpty())
        .filter(traceId -> !leases.exists(traceId, deadline))
        .toList();
  }

  /** One look at all the jobs. */
  private final class Look {
    private final List<JobSummary> jobs;
    private final Instant until;
    private final Deadline deadline;
    private final Map<TraceId, Verdict> now = new HashMap<>();
    private final Set<TraceId> open = new HashSet<>();

    Look(List<JobSummary> jobs, Instant until, Deadline deadline) {
      this.jobs = jobs;
      this.until = until;
      this.deadline = deadline;
    }

    void judgeAll() {
      List<JobSummary> toRead = new ArrayList<>();
      for (JobSummary job : jobs) {
        Verdict before = verdicts.get(job.traceId());
        if (job.status().isTerminal()) {
          judge(job, Optional.of(allCalled(job.counts().total())));
        } else if (before != null && before.hasCalledAll(job)) {
          now.put(job.traceId(), before);
        } else {
          toRead.add(job);
        }
      }
      toRead.forEach(job -> open.add(job.traceId()));
      judgeByRecord(toRead);
    }

    /** Those first whose turn was longest ago. */
    private void judgeByRecord(List<JobSummary> toRead) {
      toRead.sort(Comparator.comparingLong(this::lastTurn));
      int count = Math.min(MOST_RECORDS, toRead.size());
      toRead.subList(0, count).forEach(job -> judge(job, tally(job)));
      for (JobSummary job : toRead.subList(count, toRead.size())) {
        Verdict before = verdicts.get(job.traceId());
        now.put(job.traceId(), before == null ? NO_TURN_YET : before);
      }
    }

    private long lastTurn(JobSummary job) {
      Verdict before = verdicts.get(job.traceId());
      return before == null ? 0 : before.turn();
    }

    private void judge(JobSummary job, Optional<CallTally> tally) {
      now.put(job.traceId(), new Verdict(job.metadata().epoch(), tally, looks));
    }

    private Optional<CallTally> tally(JobSummary job) {
      return isHeld(job.traceId()) ? Optional.empty() : byRecord(job);
    }

    /** A lease that is none is nobody's: nobody takes such a job over. */
    private boolean isHeld(TraceId traceId) {
      try {
        return leases
            .find(traceId, deadline)
            .filter(found -> isAlive(traceId, found))
            .isPresent();
      } catch (FormatException e) {
        return false;
      }
    }

    private boolean isAlive(TraceId traceId, Leases.Stored lease) {
      SeenLease seen = seenLeases.merge(
          traceId,
          new SeenLease(lease.version(), clock.nanoTime()),
          (old, next) -> old.version().equals(next.version()) ? old : next);
      Duration longest = lease.lease().duration();
      Duration patience = longest.compareTo(grace) > 0 ? longest : grace;
      return clock.nanoTime() - seen.since() < patience.toNanos();
    }

    private Optional<CallTally> byRecord(JobSummary job) {
      try {
        return reader
            .find(job.traceId(), deadline)
            .filter(record -> !record.updatedAt().isAfter(until))
            .map(this::compare);
      } catch (FormatException e) {
        // Whoever goes on with the job, or shows it, says what is wrong with it.
        return Optional.of(stalled(job.traceId(), job.counts().total(), 0));
      }
    }

    private CallTally compare(JobRecord record) {
      int total = record.kpis().size();
      int pending = record.pendingIds().size();
      return pending == 0 ? allCalled(total) : stalled(record.traceId(), total, total - pending);
    }

    private CallTally allCalled(int kpis) {
      return new CallTally(kpis, kpis, List.of(), List.of());
    }

    private CallTally stalled(TraceId traceId, int kpis, int called) {
      return new CallTally(kpis, called, List.of(traceId), List.of());
    }

    Map<ScheduleId, CallTally> tallies() {
      Map<ScheduleId, CallTally> sums = new HashMap<>();
      for (JobSummary job : jobs) {
        Verdict verdict = now.get(job.traceId());
        if (verdict != null) {
          verdict.tally().ifPresent(tally -> sums.merge(schedule(job), tally, CallTally::and));
        }
      }
      return sums;
    }

    private ScheduleId schedule(JobSummary job) {
      Fire fire = job.metadata().fire();
      return fire == null ? ScheduleId.MANUAL : fire.schedule();
    }
  }
}
