package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Progress;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Removes the steps of jobs that are over. A program that changes records by reading and writing them back may write back
 * an old state after the end; the steps stay long enough to make that good, and what they say is seen to be in the record
 * before they go. Any number of processes may do this at the same time. Thread-safe.
 */
public final class StepSweep implements AutoCloseable {
  private static final Logger LOG = System.getLogger(StepSweep.class.getName());
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofMinutes(15);

  private final Steps steps;
  private final Leases leases;
  private final JobReader reader;
  private final JobRecords records;
  private final JobSettings settings;
  private final Clock clock;
  private final Executor work;
  private boolean closed;
  private Clock.@Nullable Timer timer;

  StepSweep(KvStore store, JobSettings settings, Clock clock, Executor executor) {
    this.steps = new Steps(store, settings.life());
    this.leases = new Leases(store, settings.life());
    this.reader = new JobReader(store);
    this.records = new JobRecords(store, settings.life());
    this.settings = settings;
    this.clock = clock;
    this.work = new Serial(executor);
  }

  /** Begins to sweep, now and then. Does not block. */
  public void start() {
    sweepAfter(Duration.ZERO);
  }

  private synchronized void sweepAfter(Duration wait) {
    if (!closed) {
      timer = clock.after(wait, () -> work.execute(this::sweep));
    }
  }

  private void sweep() {
    try {
      Map<TraceId, List<String>> keys = new LinkedHashMap<>();
      steps.each(
          deadline(),
          entry -> Progress.traceId(entry.key())
              .ifPresent(
                  job -> keys.computeIfAbsent(job, each -> new ArrayList<>()).add(entry.key())));
      keys.forEach(this::sweep);
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "old steps are left for later: {0}", e.getMessage());
    }
    sweepAfter(PAUSE);
  }

  private void sweep(TraceId traceId, List<String> keys) {
    try {
      Deadline deadline = deadline();
      if (!leases.exists(traceId, deadline) && isInTheRecord(traceId, deadline)) {
        keys.forEach(key -> steps.delete(key, deadline));
      }
    } catch (KvStoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the steps of {0} are kept: {1}", traceId, e.getMessage());
    }
  }

  /** Whether the record has been quiet for long and says all that the steps say, or there is none. */
  private boolean isInTheRecord(TraceId traceId, Deadline deadline) {
    Optional<JoinedJob> found = reader.read(traceId, deadline);
    if (found.isEmpty()) {
      return true;
    }
    JobRecord raw = found.get().raw().job();
    Duration quiet = Duration.between(raw.updatedAt(), clock.now()).abs();
    if (quiet.compareTo(KEPT) < 0) {
      return false;
    }
    JobRecord joined = found.get().job();
    if (joined.equals(raw)) {
      return true;
    }
    // Somebody wrote an old state back, and may do so again: from here on the steps stay as long as
    // at first.
    records.update(found.get().raw(), joined.with(List.of(), clock.now()), deadline);
    return false;
  }

  private Deadline deadline() {
    return Deadline.in(settings.storeTimeout(), clock);
  }

  /** Sweeps no more. May be called again. */
  @Override
  public synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }
}
