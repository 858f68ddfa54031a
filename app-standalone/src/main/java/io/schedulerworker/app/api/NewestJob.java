package io.schedulerworker.app.api;

import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest job, as health shows it. A record can have many megabytes, so it is read again only while it can change, and
 * seldom if reading it takes long. Not thread-safe: a {@link Probe} asks it.
 */
final class NewestJob {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MOST_SHARE_OF_TIME = 20;

  private final SchedulerWorker worker;
  private final Clock clock;
  private @Nullable JobSummary known;
  private long readAt;
  private long reading;

  /** What health shows of a job. */
  record JobSummary(
      TraceId traceId, String status, boolean isOver, Instant createdAt, int kpiCount) {
    static JobSummary of(JobRecord job) {
      return new JobSummary(
          job.traceId(),
          job.status().text(),
          job.status().isTerminal(),
          job.createdAt(),
          job.kpis().size());
    }
  }

  NewestJob(SchedulerWorker worker, Clock clock) {
    this.worker = worker;
    this.clock = clock;
  }

  /** The newest job whose record is there; blocks. */
  Optional<JobSummary> read() {
    Optional<TraceId> newest = worker.jobs().newest();
    if (newest.isEmpty()) {
      known = null;
    } else if (!isCurrent(newest.get())) {
      known = read(newest.get());
    }
    return Optional.ofNullable(known);
  }

  private boolean isCurrent(TraceId newest) {
    JobSummary last = known;
    if (last == null || !last.traceId().equals(newest)) {
      return false;
    }
    long age = clock.nanoTime() - readAt;
    return last.isOver() || age < Math.max(PAUSE.toNanos(), MOST_SHARE_OF_TIME * reading);
  }

  private @Nullable JobSummary read(TraceId traceId) {
    long began = clock.nanoTime();
    JobSummary read = worker.jobs().find(traceId).map(JobSummary::of).orElse(null);
    readAt = clock.nanoTime();
    reading = readAt - began;
    return read;
  }
}
