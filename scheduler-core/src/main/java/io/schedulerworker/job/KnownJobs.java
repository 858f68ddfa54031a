package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What reports of ends have to know of their jobs, kept for a moment: a thousand reports in a second must not read one
 * great record a thousand times. What may have changed meanwhile is no more than what changes while a report is on its
 * way. Thread-safe.
 */
final class KnownJobs {
  private static final long FRESH = Duration.ofSeconds(2).toNanos();

  /** Well before the mark of a drive goes that whoever knows the job of old has to see. */
  private static final long OLD = RedriveMarks.LIFE.dividedBy(2).toNanos();

  private static final int MOST_KPIS = 200_000;

  private final JobsKv kv;
  private final Clock clock;
  private final Map<TraceId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * A KPI of a job.
   *
   * @param drive how often it was driven again by hand
   * @param settled how a callback or another writer ended it; null if none did
   */
  record KnownRun(int drive, @Nullable KpiStatus settled) {
    private static final KnownRun USUAL = new KnownRun(0, null);

    static KnownRun of(KpiRun run) {
      return run.redrives() == 0 && !run.isSettledByOthers()
          ? USUAL
          : new KnownRun(run.redrives(), run.isSettledByOthers() ? run.status() : null);
    }
  }

  KnownJobs(JobsKv kv, Clock clock) {
    this.kv = kv;
    this.clock = clock;
  }

  /**
   * A KPI of a job as it was a moment ago, but not before it was driven again; empty if there is no such job, or it has no
   * such KPI.
   */
  Optional<KnownRun> find(TraceId traceId, String kpiId, Deadline deadline) {
    Entry entry = entry(traceId);
    Known known = entry.isFresh(clock.nanoTime()) ? entry.known : read(entry, deadline);
    return kv.marks().isAfter(traceId, known.epoch(), deadline)
        ? findAnew(traceId, kpiId, deadline)
        : known.run(kpiId);
  }

  /** A KPI of a job as it is now, whatever state of the record somebody has written back. */
  Optional<KnownRun> findAnew(TraceId traceId, String kpiId, Deadline deadline) {
    Entry entry = entry(traceId);
    long now = clock.nanoTime();
    try {
      Known known = kv.reader()
          .read(traceId, deadline)
          .map(job -> new Known(runs(job.job()), job.epoch(), now))
          .orElse(new Known(Map.of(), 0, now));
      entry.isNow(known);
      return known.run(kpiId);
    } finally {
      bound(entry);
    }
  }

  /** Nobody waits for another one who reads: no lock is held while a store answers. */
  private Known read(Entry entry, Deadline deadline) {
    long now = clock.nanoTime();
    try {
      Known known = kv.records()
          .read(entry.traceId, deadline)
          .map(job -> new Known(runs(job), job.metadata().epoch(), now))
          .orElse(new Known(Map.of(), 0, now));
      entry.isNow(known);
      return known;
    } finally {
      entry.reading.set(false);
      bound(entry);
    }
  }

  private static Map<String, KnownRun> runs(JobRecord job) {
    Map<String, KnownRun> known = new HashMap<>();
    job.kpis().forEach((id, run) -> known.put(id, KnownRun.of(run)));
    return known;
  }

  private synchronized Entry entry(TraceId traceId) {
    return entries.computeIfAbsent(traceId, Entry::new);
  }

  /** The ones that were asked for longest ago go first. */
  private synchronized void bound(Entry latest) {
    if (latest.size() == 0) {
      entries.remove(latest.traceId);
    }
    int size = entries.values().stream().mapToInt(Entry::size).sum();
    Iterator<Entry> oldest = entries.values().iterator();
    while (size > MOST_KPIS && oldest.hasNext()) {
      Entry entry = oldest.next();
      if (entry != latest) {
        size -= entry.size();
        oldest.remove();
      }
    }
  }

  /** One job. */
  private static final class Entry {
    private final TraceId traceId;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Known known = new Known(Map.of(), 0, 0);

    Entry(TraceId traceId) {
      this.traceId = traceId;
    }

    int size() {
      return known.runs().size();
    }

    /** Whoever was slow to read does not take back what others have seen since. */
    synchronized void isNow(Known read) {
      known = size() == 0 || read.readAt() - known.readAt() > 0 ? read : known;
    }

    /** Whether it will do as it is: also while somebody is reading it anew, unless it is old. */
    boolean isFresh(long now) {
      long age = now - known.readAt();
      return size() > 0 && (age < FRESH || (age < OLD && !reading.compareAndSet(false, true)));
    }
  }

  /** A state of a job, and when it was read. */
  private record Known(Map<String, KnownRun> runs, int epoch, long readAt) {
    Optional<KnownRun> run(String kpiId) {
      return Optional.ofNullable(runs.get(kpiId));
    }
  }
}
