package io.schedulerworker;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.RegistryFinding;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.JobListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Tells all listeners, and lets none of them disturb the work. */
final class GuardedListener implements JobListener {
  private static final Logger LOG = System.getLogger(SchedulerWorker.class.getName());

  private final List<JobListener> listeners;

  GuardedListener(List<JobListener> listeners) {
    this.listeners = listeners;
  }

  private void tell(Consumer<JobListener> event) {
    for (JobListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "a job listener failed: " + listener.getClass().getName(), e);
      }
    }
  }

  @Override
  public void registryFindings(List<RegistryFinding> findings) {
    tell(listener -> listener.registryFindings(findings));
  }

  @Override
  public void registryStandsIn(Duration age, Exception failure) {
    tell(listener -> listener.registryStandsIn(age, failure));
  }

  @Override
  public void fireSkipped(Fire fire, SkipReason reason, String why) {
    tell(listener -> listener.fireSkipped(fire, reason, why));
  }

  @Override
  public void fireFailed(Fire fire, Exception failure) {
    tell(listener -> listener.fireFailed(fire, failure));
  }

  @Override
  public void firesSettled(ScheduleId schedule) {
    tell(listener -> listener.firesSettled(schedule));
  }

  @Override
  public void firesLetGo(ScheduleId schedule, SkipReason reason, int count, Instant last) {
    tell(listener -> listener.firesLetGo(schedule, reason, count, last));
  }

  @Override
  public void firesPutOff(ScheduleId schedule, Owed.Cause cause, int count, Instant last) {
    tell(listener -> listener.firesPutOff(schedule, cause, count, last));
  }

  @Override
  public void schedulePaused(ScheduleId schedule, Instant since) {
    tell(listener -> listener.schedulePaused(schedule, since));
  }

  @Override
  public void scheduleResumed(ScheduleId schedule) {
    tell(listener -> listener.scheduleResumed(schedule));
  }

  @Override
  public void scheduleSuperseded(ScheduleId schedule, String cron, String zone) {
    tell(listener -> listener.scheduleSuperseded(schedule, cron, zone));
  }

  @Override
  public void scheduleReinstated(ScheduleId schedule) {
    tell(listener -> listener.scheduleReinstated(schedule));
  }

  @Override
  public void clockOff(String why) {
    tell(listener -> listener.clockOff(why));
  }

  @Override
  public void clockAgrees() {
    tell(JobListener::clockAgrees);
  }

  @Override
  public void jobCreated(JobRecord job) {
    tell(listener -> listener.jobCreated(job));
  }

  @Override
  public void attemptEnded(Attempt attempt) {
    tell(listener -> listener.attemptEnded(attempt));
  }

  @Override
  public void kpiSettled(TraceId traceId, KpiRun run) {
    tell(listener -> listener.kpiSettled(traceId, run));
  }

  @Override
  public void jobSettled(JobRecord job) {
    tell(listener -> listener.jobSettled(job));
  }

  @Override
  public void jobEnded(JobRecord job) {
    tell(listener -> listener.jobEnded(job));
  }

  @Override
  public void jobRetried(JobRecord job, int kpis, String by) {
    tell(listener -> listener.jobRetried(job, kpis, by));
  }

  @Override
  public void jobCancelled(TraceId traceId, String by) {
    tell(listener -> listener.jobCancelled(traceId, by));
  }

  @Override
  public void jobTakenOver(JobRecord job, int pending) {
    tell(listener -> listener.jobTakenOver(job, pending));
  }

  @Override
  public void jobHandedOver(JobRecord job) {
    tell(listener -> listener.jobHandedOver(job));
  }

  @Override
  public void jobLost(TraceId traceId, int epoch) {
    tell(listener -> listener.jobLost(traceId, epoch));
  }

  @Override
  public void jobNotStored(TraceId traceId, int epoch, Exception failure) {
    tell(listener -> listener.jobNotStored(traceId, epoch, failure));
  }

  @Override
  public void hostClosed(String host, Duration wait, String reason) {
    tell(listener -> listener.hostClosed(host, wait, reason));
  }

  @Override
  public void hostOpened(String host) {
    tell(listener -> listener.hostOpened(host));
  }

  @Override
  public void hostGivenUp(String host, int calls, String reason) {
    tell(listener -> listener.hostGivenUp(host, calls, reason));
  }
}
