package io.schedulerworker.app;

import io.schedulerworker.app.api.Zones;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.RegistryFinding;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.Texts;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.JobListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes what happens to jobs into the log. */
final class LoggingListener implements JobListener {
  private static final Logger LOG = LoggerFactory.getLogger("io.schedulerworker.job");
  private static final int FINDINGS_SHOWN = 20;

  private final Map<TraceId, Long> beginnings = new ConcurrentHashMap<>();

  @Override
  public void registryFindings(List<RegistryFinding> findings) {
    findings.stream()
        .limit(FINDINGS_SHOWN)
        .forEach(finding -> LOG.atWarn().log("registry: {}", finding));
    if (findings.size() > FINDINGS_SHOWN) {
      LOG.atWarn().log("registry: and {} findings more", findings.size() - FINDINGS_SHOWN);
    }
  }

  @Override
  public void fireSkipped(Fire fire, SkipReason reason, String why) {
    LOG.atWarn().log("fire of {} at {} skipped: {}", fire.schedule(), fire.fireTime(), why);
  }

  @Override
  public void fireFailed(Fire fire, Exception failure) {
    LOG.atError()
        .log(
            "fire of {} at {} failed and is tried again: {}",
            fire.schedule(),
            fire.fireTime(),
            failure.getMessage());
  }

  @Override
  public void hostClosed(String host, Duration wait, String reason) {
    LOG.atWarn().log("calls to {} wait, for {} ms or more: {}", host, wait.toMillis(), reason);
  }

  @Override
  public void hostOpened(String host) {
    LOG.atInfo().log("{} is called again", host);
  }

  @Override
  public void hostGivenUp(String host, int calls, String reason) {
    LOG.atError().log("{} KPIs have failed: {} {}", calls, host, reason);
  }

  @Override
  public void firesLetGo(ScheduleId schedule, SkipReason reason, int count, Instant last) {
    LOG.atWarn()
        .log(
            "fires of {} are let go, {}, the last one at {}: {}",
            schedule,
            count,
            last,
            why(reason));
  }

  private static String why(SkipReason reason) {
    return switch (reason) {
      case PAUSED -> "the schedule was paused";
      case OVERLAP -> "a job of the schedule was still going on";
      default -> "they were missed and are not made up for";
    };
  }

  @Override
  public void firesPutOff(ScheduleId schedule, Owed.Cause cause, int count, Instant last) {
    LOG.atInfo().log(
        "fires of {} are to be made up for, {}, the last one at {}: {}",
        schedule,
        count,
        last,
        switch (cause) {
          case MISSED -> "they were missed";
          case PAUSED -> "the schedule was paused";
          case OVERLAP -> "a job of the schedule is still going on";
        });
  }

  @Override
  public void schedulePaused(ScheduleId schedule, Instant since) {
    LOG.atInfo().log("schedule {} is paused since {}", schedule, since);
  }

  @Override
  public void scheduleResumed(ScheduleId schedule) {
    LOG.atInfo().log("schedule {} fires again", schedule);
  }

  @Override
  public void scheduleSuperseded(ScheduleId schedule, String cron, String zone) {
    LOG.atWarn()
        .log(
            "schedule {} is {} in {}, or calls others, or its time zone has other rules, for whoever started last: this process fires it no more",
            schedule,
            cron,
            Zones.shown(zone));
  }

  @Override
  public void scheduleReinstated(ScheduleId schedule) {
    LOG.atInfo().log("schedule {} is as here again: this process fires it", schedule);
  }

  @Override
  public void clockOff(String why) {
    LOG.atError().log("{}", why);
  }

  @Override
  public void clockAgrees() {
    LOG.atInfo().log("the clocks agree again: this process fires its schedules");
  }

  @Override
  public void jobCreated(JobRecord job) {
    beginnings.put(job.traceId(), System.nanoTime());
    String error = job.metadata().error();
    LOG.atLevel(error == null ? Level.INFO : Level.WARN)
        .addKeyValue("traceId", job.traceId())
        .log("job with {} KPIs{}", job.kpis().size(), error == null ? "" : ": " + error);
  }

  @Override
  public void attemptEnded(Attempt attempt) {
    attempt
        .nextIn()
        .ifPresent(wait -> LOG.atInfo()
            .addKeyValue("traceId", attempt.traceId())
            .addKeyValue("kpiId", line(attempt.kpiId()))
            .addKeyValue("durationMs", attempt.took().toMillis())
            .log(
                "attempt {} failed, again in {} ms: {}",
                attempt.number(),
                wait.toMillis(),
                attempt.outcome().reason()));
  }

  @Override
  public void kpiSettled(TraceId traceId, KpiRun run) {
    // Of what is cancelled there is one line for all.
    boolean failed = run.status() == KpiStatus.FAILED && !KpiRun.CANCELLED.equals(run.error());
    if (failed || LOG.isDebugEnabled()) {
      log(traceId, run, failed);
    }
  }

  private static void log(TraceId traceId, KpiRun run, boolean failed) {
    LOG.atLevel(failed ? Level.WARN : Level.DEBUG)
        .addKeyValue("traceId", traceId)
        .addKeyValue("kpiId", line(run.kpiId()))
        .addKeyValue("durationMs", run.responseTime() == null ? 0 : run.responseTime())
        .addKeyValue("outcome", run.status().text())
        .log(run.status() == KpiStatus.FAILED ? "KPI failed: " + run.error() : "KPI called");
  }

  @Override
  public void jobSettled(JobRecord job) {
    JobTally tally = JobTally.of(job);
    Duration took = sinceCreation(job.traceId());
    LOG.atInfo()
        .addKeyValue("traceId", job.traceId())
        .addKeyValue("durationMs", took.toMillis())
        .addKeyValue("outcome", job.status().text())
        .log(
            "every call is settled: {}: {} in {} ms", Summary.startOf(job), tally, took.toMillis());
  }

  @Override
  public void jobEnded(JobRecord job) {
    LOG.atInfo()
        .addKeyValue("traceId", job.traceId())
        .addKeyValue("outcome", job.status().text())
        .log(
            "every workflow has ended: {}: {} completed, {} failed or timed out",
            Summary.startOf(job),
            job.completedKpis(),
            job.failedKpis());
  }

  /** Zero for a job that this process did not see begin. */
  private Duration sinceCreation(TraceId traceId) {
    Long began = beginnings.remove(traceId);
    return began == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - began);
  }

  @Override
  public void jobRetried(JobRecord job, int kpis, String by) {
    beginnings.put(job.traceId(), System.nanoTime());
    LOG.atInfo()
        .addKeyValue("traceId", job.traceId())
        .log("driven again by {}: {} of {} KPIs", by, kpis, job.kpis().size());
  }

  @Override
  public void jobCancelled(TraceId traceId, String by) {
    LOG.atWarn()
        .addKeyValue("traceId", traceId)
        .log("cancelled by {}: nobody is called any more", by);
  }

  @Override
  public void jobTakenOver(JobRecord job, int pending) {
    beginnings.put(job.traceId(), System.nanoTime());
    LOG.atWarn()
        .addKeyValue("traceId", job.traceId())
        .log(
            "the process that ran this job is gone; going on, with {} of {} KPIs to call",
            pending,
            job.kpis().size());
  }

  @Override
  public void jobHandedOver(JobRecord job) {
    beginnings.remove(job.traceId());
    LOG.atInfo()
        .addKeyValue("traceId", job.traceId())
        .log(
            "{} KPIs are left to call by another process, or at the next start",
            job.pendingIds().size());
  }

  @Override
  public void jobLost(TraceId traceId, int epoch) {
    beginnings.remove(traceId);
    LOG.atError()
        .addKeyValue("traceId", traceId)
        .log(
            "the lease was lost, to another process or because somebody deleted it: this one calls nobody more");
  }

  @Override
  public void jobNotStored(TraceId traceId, int epoch, Exception failure) {
    beginnings.remove(traceId);
    LOG.atError()
        .addKeyValue("traceId", traceId)
        .setCause(failure)
        .log("the outcome of the job could not be stored");
  }

  private static String line(String text) {
    return Texts.line(text, 256);
  }
}
