package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Step;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Version;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Removes the steps of jobs that are over. A program that changes records by reading and writing them back may write back
 * an old state after the end; the steps stay long enough to make that good, and what they say is seen to be in the record
 * before they go. Any number of processes may do this at the same time. Thread-safe.
 */
public final class StepSweep implements AutoCloseable {
  private static final Logger LOG = System.getLogger(StepSweep.class.getName());
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofMinutes(15);

  private final JobsKv kv;
  private final JobSettings settings;
  private final Clock clock;
  private final Rounds rounds;
  private final Map<TraceId, Seen> seen = new HashMap<>();

  StepSweep(JobsKv kv, JobSettings settings, Clock clock, Executor executor) {
    this.kv = kv;
    this.settings = settings;
    this.clock = clock;
    this.rounds = new Rounds(clock, executor, this::sweep);
  }

  /** Begins to sweep, now and then. Does not block. */
  public void start() {
    rounds.start();
  }

  private Optional<Duration> sweep() {
    try {
      Map<TraceId, List<String>> keys = new LinkedHashMap<>();
      kv.steps()
          .each(
              this::deadline,
              entry -> Step.traceId(entry.key())
                  .ifPresent(job ->
                      keys.computeIfAbsent(job, each -> new ArrayList<>()).add(entry.key())));
      seen.keySet().retainAll(keys.keySet());
      keys.forEach(this::sweep);
    } catch (KvStoreException e) {
      LOG.log(Level.DEBUG, "old steps are left for later: {0}", e.getMessage());
    }
    return Optional.of(PAUSE);
  }

  private void sweep(TraceId traceId, List<String> keys) {
    try {
      Deadline deadline = deadline();
      if (!kv.leases().exists(traceId, deadline) && isInTheRecord(traceId, deadline)) {
        keys.forEach(key -> kv.steps().delete(key, deadline()));
      }
    } catch (KvStoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(
          rounds.unlessClosed(Level.WARNING, e),
          "the steps of {0} are kept: {1}",
          traceId,
          e.getMessage());
    }
  }

  /** Whether the record has been quiet for long and says all that the steps say, or there is none. */
  private boolean isInTheRecord(TraceId traceId, Deadline deadline) {
    Optional<JoinedJob> found = kv.reader().read(traceId, deadline);
    if (found.isEmpty()) {
      return true;
    }
    if (!isQuiet(traceId, found.get().raw().version())) {
      return false;
    }
    JobRecord raw = found.get().raw().job();
    JobRecord joined = found.get().job();
    if (joined.equals(raw)) {
      return true;
    }
    // Somebody wrote an old state back, and may do so again: from here on the steps stay as long as
    // at first.
    kv.records().update(found.get().raw(), joined.with(List.of(), clock.now()), deadline);
    return false;
  }

  /** Whether the record has not changed for long, as seen from here: wall clocks may be hours off. */
  private boolean isQuiet(TraceId traceId, Version version) {
    Seen before = seen.get(traceId);
    if (before == null || !before.version().equals(version)) {
      seen.put(traceId, new Seen(version, clock.nanoTime()));
      return false;
    }
    return clock.nanoTime() - before.since() >= KEPT.toNanos();
  }

  private Deadline deadline() {
    return Deadline.in(settings.stepTimeout(), clock);
  }

  /** Sweeps no more. May be called again. */
  @Override
  public void close() {
    rounds.close();
  }

  /** A state of a record, and since when it is known, in monotonic nanoseconds. */
  private record Seen(Version version, long since) {}
}
