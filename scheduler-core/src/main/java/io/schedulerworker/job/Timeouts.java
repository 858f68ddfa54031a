package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Step;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which jobs have run out of time. It counts from the last call of the job that was accepted. */
final class Timeouts {
  /** Where there is no timeout, what other programs write is seen for so long. */
  private static final Duration LONGEST_WATCH = Duration.ofHours(24);

  /** Records have whole seconds. */
  private static final Duration ROUNDED_OFF = Duration.ofSeconds(1);

  private final Steps steps;
  private final Duration jobTimeout;
  private final Clock clock;

  /** With a timeout, zero for none. */
  Timeouts(Steps steps, Duration jobTimeout, Clock clock) {
    this.steps = steps;
    this.jobTimeout = jobTimeout;
    this.clock = clock;
  }

  /** Whether there is a timeout, and the job is beyond it. */
  boolean isLate(JobRecord job) {
    return !jobTimeout.isZero()
        && !job.status().isTerminal()
        && isOver(job, jobTimeout.plus(ROUNDED_OFF));
  }

  /** The job that is late, with what has run out of time; that is noted before, once for all processes. */
  JobRecord apply(JobRecord job, Deadline deadline) {
    List<KpiRun> late = job.kpis().values().stream()
        .filter(run -> run.status() == KpiStatus.TRIGGERED)
        .map(run -> run.timedOut(clock.now(), reason()))
        .toList();
    if (late.isEmpty()) {
      return job;
    }
    Step step = new Step(Step.OF_ANYBODY, late, List.of());
    return steps.appendTimeout(job.traceId(), job.metadata().epoch(), step, deadline)
        ? job.with(late, clock.now())
        : job;
  }

  private String reason() {
    return "timed out: the workflow did not report its end within " + text(jobTimeout)
        + " of the job's last call; look for it among n8n's executions";
  }

  private static String text(Duration duration) {
    return duration.toSecondsPart() == 0 && duration.toMinutes() > 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }

  /** Whether nobody needs to look after it any more, though it has not ended. */
  boolean isGivenUp(JobRecord job) {
    return jobTimeout.isZero() && !job.status().isTerminal() && isOver(job, LONGEST_WATCH);
  }

  /** Up to when a job of which nobody is called any more, and in which nothing changes, is neither late nor given up. */
  Instant inTimeUntil(JobRecord job) {
    Duration time = jobTimeout.isZero() ? LONGEST_WATCH : jobTimeout.plus(ROUNDED_OFF);
    return lastCall(job).orElse(job.createdAt()).plus(time);
  }

  /** Whether nobody is called any more, and the last one was so long ago. */
  private boolean isOver(JobRecord job, Duration time) {
    return !job.hasPending()
        && clock.now().isAfter(lastCall(job).orElse(job.createdAt()).plus(time));
  }

  private static Optional<Instant> lastCall(JobRecord job) {
    return job.kpis().values().stream()
        .map(KpiRun::triggeredAt)
        .filter(Objects::nonNull)
        .max(Instant::compareTo);
  }
}
