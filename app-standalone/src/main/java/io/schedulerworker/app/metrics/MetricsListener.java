package io.schedulerworker.app.metrics;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
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

/** Counts and times what happens. */
final class MetricsListener implements JobListener {
  private final Late<Meters> meters;
  private final Clock clock;
  private final ScheduleStates schedules = new ScheduleStates();

  /** The jobs that this process is at, and when they were created or driven again, in monotonic nanoseconds. */
  private final Map<TraceId, Long> begun = new ConcurrentHashMap<>();

  MetricsListener(Late<Meters> meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  ScheduleStates schedules() {
    return schedules;
  }

  int running() {
    return begun.size();
  }

  @Override
  public void registryStandsIn(Duration age, Exception failure) {
    meters.with(each -> each.trouble().registryStoodIn());
  }

  @Override
  public void fireSkipped(Fire fire, SkipReason reason, String why) {
    meters.with(each -> each.fires().skipped(fire.schedule(), reason, 1));
  }

  @Override
  public void fireFailed(Fire fire, Exception failure) {
    meters.with(each -> each.fires().failed(fire.schedule(), 1));
  }

  @Override
  public void firesLetGo(ScheduleId schedule, SkipReason reason, int count, Instant last) {
    meters.with(each -> each.fires().skipped(schedule, reason, count));
  }

  @Override
  public void firesPutOff(ScheduleId schedule, Owed.Cause cause, int count, Instant last) {
    meters.with(each -> each.fires().putOff(schedule, cause, count));
  }

  @Override
  public void schedulePaused(ScheduleId schedule, Instant since) {
    schedules.paused().add(schedule);
  }

  @Override
  public void scheduleResumed(ScheduleId schedule) {
    schedules.paused().remove(schedule);
  }

  @Override
  public void scheduleSuperseded(ScheduleId schedule, String cron, String zone) {
    schedules.superseded().add(schedule);
  }

  @Override
  public void scheduleReinstated(ScheduleId schedule) {
    schedules.superseded().remove(schedule);
  }

  @Override
  public void hostClosed(String host, Duration wait, String reason) {
    meters.with(each -> each.calls().closed(host));
  }

  @Override
  public void hostGivenUp(String host, int calls, String reason) {
    meters.with(each -> each.calls().givenUp(host, calls));
  }

  @Override
  public void jobCreated(JobRecord job) {
    begun.put(job.traceId(), clock.nanoTime());
    Fire fire = job.metadata().fire();
    if (fire != null) {
      meters.with(each -> each.jobs().created(fire.schedule()));
    }
    if (fire != null && fire.fireTime() != null) {
      Duration lag = since(fire.fireTime());
      meters.with(each -> each.fires().madeJob(fire.schedule(), lag));
    }
  }

  @Override
  public void attemptEnded(Attempt attempt) {
    meters.with(each -> each.calls().ended(attempt));
  }

  @Override
  public void kpiSettled(TraceId traceId, KpiRun run) {
    meters.with(each -> each.jobs().kpiSettled(run));
  }

  @Override
  public void jobSettled(JobRecord job) {
    Long began = begun.remove(job.traceId());
    Duration took =
        began == null ? since(job.createdAt()) : Duration.ofNanos(clock.nanoTime() - began);
    meters.with(each -> each.jobs().settled(job, took));
  }

  @Override
  public void jobEnded(JobRecord job) {
    Duration took = since(job.createdAt());
    meters.with(each -> each.jobs().ended(job, took));
  }

  @Override
  public void jobRetried(JobRecord job, int kpis, String by) {
    begun.put(job.traceId(), clock.nanoTime());
    meters.with(each -> each.jobs().retried());
  }

  @Override
  public void jobCancelled(TraceId traceId, String by) {
    meters.with(each -> each.jobs().cancelled());
  }

  @Override
  public void jobTakenOver(JobRecord job, int pending) {
    begun.put(job.traceId(), clock.nanoTime() - since(job.createdAt()).toNanos());
    meters.with(each -> each.trouble().takenOver());
  }

  @Override
  public void jobHandedOver(JobRecord job) {
    begun.remove(job.traceId());
    meters.with(each -> each.trouble().handedOver());
  }

  @Override
  public void jobLost(TraceId traceId, int epoch) {
    begun.remove(traceId);
    meters.with(each -> each.trouble().leaseLost());
  }

  @Override
  public void jobNotStored(TraceId traceId, int epoch, Exception failure) {
    begun.remove(traceId);
    meters.with(each -> each.trouble().notStored());
  }

  /** By wall clocks, which may disagree a little. */
  private Duration since(Instant moment) {
    Duration passed = Duration.between(moment, clock.now());
    return passed.isNegative() ? Duration.ZERO : passed;
  }
}
