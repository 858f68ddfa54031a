package io.schedulerworker.app.alerts;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes alerts of what a scheduler tells. */
final class AlertListener implements JobListener {
  private final AlertDesk desk;
  private final Lasting closedHosts;
  private final Lasting failingFires;

  /** The jobs that this process is at. */
  private final Map<TraceId, ScheduleId> running = new ConcurrentHashMap<>();

  AlertListener(AlertDesk desk, AlertRules rules, Clock clock) {
    this.desk = desk;
    this.closedHosts = new Lasting(rules.hostClosedFor(), clock);
    this.failingFires = new Lasting(rules.storeAwayFor(), clock);
  }

  @Override
  public void fireSkipped(Fire fire, SkipReason reason, String why) {
    desk.event(
        AlertKind.FIRE_SKIPPED,
        Severity.CRITICAL,
        fire.schedule().value(),
        "the fire of %s at %s made no job: %s".formatted(fire.schedule(), fire.fireTime(), why),
        null,
        1);
  }

  @Override
  public void fireFailed(Fire fire, Exception failure) {
    String schedule = fire.schedule().value();
    String summary = "the fire of %s at %s fails and is tried again: %s"
        .formatted(schedule, fire.fireTime(), failure.getMessage());
    failingFires.begins(
        schedule, () -> desk.raise(AlertKind.FIRE_FAILING, schedule, Severity.CRITICAL, summary));
  }

  @Override
  public void firesSettled(ScheduleId schedule) {
    failingFires.ends(schedule.value());
    desk.resolve(AlertKind.FIRE_FAILING, schedule.value());
  }

  @Override
  public void firesLetGo(ScheduleId schedule, SkipReason reason, int count, Instant last) {
    if (reason == SkipReason.WINDOW_OVER) {
      missed(schedule, Severity.CRITICAL, count, last, "and %s not made up for");
    }
  }

  @Override
  public void firesPutOff(ScheduleId schedule, Owed.Cause cause, int count, Instant last) {
    if (cause == Owed.Cause.MISSED) {
      missed(schedule, Severity.WARNING, count, last, "and %s to be made up for");
    }
  }

  private void missed(
      ScheduleId schedule, Severity severity, int count, Instant last, String consequence) {
    String summary = count == 1
        ? "the fire of %s at %s was missed ".formatted(schedule, last)
        : "%d fires of %s were missed, the last one at %s, ".formatted(count, schedule, last);
    desk.event(
        AlertKind.FIRES_MISSED,
        severity,
        schedule.value(),
        summary + consequence.formatted(count == 1 ? "is" : "are"),
        null,
        count);
  }

  @Override
  public void hostClosed(String host, Duration wait, String reason) {
    String summary = "%s is not called: %s".formatted(host, reason);
    closedHosts.begins(
        host, () -> desk.raise(AlertKind.HOST_CLOSED, host, Severity.WARNING, summary));
  }

  @Override
  public void hostOpened(String host) {
    closedHosts.ends(host);
    desk.resolve(AlertKind.HOST_CLOSED, host);
  }

  @Override
  public void hostGivenUp(String host, int calls, String reason) {
    desk.event(
        AlertKind.HOST_GIVEN_UP,
        Severity.CRITICAL,
        host,
        "%s have failed: %s %s".formatted(JobWords.kpis(calls), host, reason),
        null,
        1);
  }

  @Override
  public void clockOff(String why) {
    desk.raise(AlertKind.CLOCK_OFF, "", Severity.CRITICAL, why);
  }

  @Override
  public void clockAgrees() {
    desk.resolve(AlertKind.CLOCK_OFF, "");
  }

  @Override
  public void jobCreated(JobRecord job) {
    running.put(job.traceId(), JobWords.schedule(job));
  }

  @Override
  public void jobTakenOver(JobRecord job, int pending) {
    running.put(job.traceId(), JobWords.schedule(job));
  }

  @Override
  public void jobRetried(JobRecord job, int kpis, String by) {
    running.put(job.traceId(), JobWords.schedule(job));
  }

  @Override
  public void jobHandedOver(JobRecord job) {
    running.remove(job.traceId());
  }

  @Override
  public void jobLost(TraceId traceId, int epoch) {
    String schedule = forget(traceId);
    desk.event(
        AlertKind.LEASE_LOST,
        Severity.WARNING,
        schedule,
        "the lease of %s was lost: another process goes on with it, or somebody deleted it"
            .formatted(name(traceId, schedule)),
        traceId,
        1);
  }

  @Override
  public void jobNotStored(TraceId traceId, int epoch, Exception failure) {
    String schedule = forget(traceId);
    desk.event(
        AlertKind.JOB_NOT_STORED,
        Severity.CRITICAL,
        schedule,
        "the outcome of %s could not be stored: %s"
            .formatted(name(traceId, schedule), failure.getMessage()),
        traceId,
        1);
  }

  /** A job that was lost before it was seen has no schedule here. */
  private static String name(TraceId traceId, String schedule) {
    return schedule.isEmpty() ? traceId.value() : "a job of " + schedule;
  }

  private String forget(TraceId traceId) {
    ScheduleId schedule = running.remove(traceId);
    return schedule == null ? "" : schedule.value();
  }

  @Override
  public void jobSettled(JobRecord job) {
    running.remove(job.traceId());
    if (job.status().isTerminal()) {
      ended(job);
    }
  }

  @Override
  public void jobEnded(JobRecord job) {
    ended(job);
  }

  private void ended(JobRecord job) {
    switch (job.status()) {
      case FAILED -> ended(job, AlertKind.JOB_FAILED, Severity.CRITICAL, "failed");
      case PARTIAL -> ended(job, AlertKind.JOB_PARTIAL, Severity.WARNING, "is partial");
      case TIMED_OUT -> ended(job, AlertKind.JOB_TIMED_OUT, Severity.CRITICAL, "timed out");
      default -> {
        // There is nothing to tell.
      }
    }
  }

  private void ended(JobRecord job, AlertKind kind, Severity severity, String what) {
    desk.event(
        kind,
        severity,
        JobWords.schedule(job).value(),
        "%s %s: %s%s".formatted(JobWords.name(job), what, JobWords.numbers(job), JobWords.why(job)),
        job.traceId(),
        1);
  }

  void close() {
    closedHosts.close();
    failingFires.close();
  }
}
