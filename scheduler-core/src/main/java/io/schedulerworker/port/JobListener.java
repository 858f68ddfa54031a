package io.schedulerworker.port;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.RegistryFinding;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Is told what happens: for logs, progress and metrics. Every method does nothing by default.
 *
 * <p>Called on the threads that do the work, for different KPIs at the same time: implementations are thread-safe and do
 * not block. What one throws is logged and changes nothing.
 */
public interface JobListener {
  /**
   * The registry was read and has elements that deserve a look.
   *
   * @param findings at least one
   */
  default void registryFindings(List<RegistryFinding> findings) {}

  /**
   * The registry is out of reach; the last good one stands in.
   *
   * @param age since it was read
   * @param failure why it could not be read anew
   */
  default void registryStandsIn(Duration age, Exception failure) {}

  /**
   * A fire made no job.
   *
   * @param fire which
   * @param reason as it stands in the ledger
   * @param why one line for a person, which begins with the reason
   */
  default void fireSkipped(Fire fire, SkipReason reason, String why) {}

  /**
   * A fire could not be given its fate because something failed, a store for example. It is tried again.
   *
   * @param fire which
   * @param failure why
   */
  default void fireFailed(Fire fire, Exception failure) {}

  /**
   * After {@link #fireFailed}: every fire of the schedule that is due has its fate now, by this process or another, or this
   * process fires the schedule no more.
   *
   * @param schedule which one
   */
  default void firesSettled(ScheduleId schedule) {}

  /**
   * A host is not called for the moment: it asked to be left alone, or too many calls to it failed. The calls to it wait.
   *
   * @param host name and port
   * @param wait how long at least, as far as is known
   * @param reason one line for a person, which names the host
   */
  default void hostClosed(String host, Duration wait, String reason) {}

  /**
   * After {@link #hostClosed}: the host answers, and is called as before.
   *
   * @param host name and port
   */
  default void hostOpened(String host) {}

  /**
   * The calls that wait for a host have failed: it has been closed for too long, or gives no sign of life.
   *
   * @param host name and port
   * @param calls how many, at least 1
   * @param reason goes on after the host's name, for a person
   */
  default void hostGivenUp(String host, int calls, String reason) {}

  /**
   * Fires that had no turn at their time make no jobs. Not told of those that were open when their schedule was changed.
   *
   * @param schedule whose
   * @param reason why
   * @param count how many, at least 1
   * @param last the newest of them
   */
  default void firesLetGo(ScheduleId schedule, SkipReason reason, int count, Instant last) {}

  /**
   * Fires that had no turn at their time are to be made up for, one after the other.
   *
   * @param schedule whose
   * @param cause why they had no turn
   * @param count how many, at least 1
   * @param last the newest of them
   */
  default void firesPutOff(ScheduleId schedule, Owed.Cause cause, int count, Instant last) {}

  /**
   * A schedule is paused, by anybody on any process.
   *
   * @param schedule which one
   * @param since when
   */
  default void schedulePaused(ScheduleId schedule, Instant since) {}

  /**
   * After {@link #schedulePaused}: it fires again.
   *
   * @param schedule which one
   */
  default void scheduleResumed(ScheduleId schedule) {}

  /**
   * Another definition of a schedule is in force than this process has, which fires it no more.
   *
   * @param schedule which one
   * @param cron the rule in force
   * @param zone the zone it is read in
   */
  default void scheduleSuperseded(ScheduleId schedule, String cron, String zone) {}

  /**
   * After {@link #scheduleSuperseded}: the definition that this process has is in force again, and it fires the schedule.
   *
   * @param schedule which one
   */
  default void scheduleReinstated(ScheduleId schedule) {}

  /**
   * The wall clock of this process is too far off from those of others, or from the times in the store: it does not fire
   * what it should.
   *
   * @param why one line for a person
   */
  default void clockOff(String why) {}

  /** After {@link #clockOff}: the clocks agree again, and this process fires. */
  default void clockAgrees() {}

  /**
   * A job's record was created; the calls follow, unless it has no KPIs: then its metadata's {@code error} says why.
   *
   * @param job as created
   */
  default void jobCreated(JobRecord job) {}

  /**
   * An attempt ended.
   *
   * @param attempt what became of it
   */
  default void attemptEnded(Attempt attempt) {}

  /**
   * A KPI needs no further call.
   *
   * @param traceId the job
   * @param run its state
   */
  default void kpiSettled(TraceId traceId, KpiRun run) {}

  /**
   * No KPI of a job needs a further call, and its record says so.
   *
   * @param job as stored
   */
  default void jobSettled(JobRecord job) {}

  /**
   * A job has ended some time after its calls: its workflows have reported their ends, or have run out of time. A job that
   * ends with its calls is settled, and that is all.
   *
   * @param job the job as stored
   */
  default void jobEnded(JobRecord job) {}

  /**
   * KPIs of a job are driven again, because somebody asked for it or because their workflows did not report their ends.
   *
   * @param job as stored, with these KPIs pending
   * @param kpis how many
   * @param by who asked for it
   */
  default void jobRetried(JobRecord job, int kpis, String by) {}

  /**
   * Somebody asked that nobody of a job be called any more that has not accepted a call. What becomes of the job is told as
   * of any other.
   *
   * @param traceId the job, which this process is at
   * @param by who asked for it
   */
  default void jobCancelled(TraceId traceId, String by) {}

  /**
   * A job of another process, or of an earlier start of this one, is gone on with.
   *
   * @param job as it was found
   * @param pending how many KPIs are still to be called
   */
  default void jobTakenOver(JobRecord job, int pending) {}

  /**
   * This process stops with work left, which anybody may go on with.
   *
   * @param job as stored
   */
  default void jobHandedOver(JobRecord job) {}

  /**
   * Another process has taken over a job of this one, which calls no further webhook for it.
   *
   * @param traceId the job
   * @param epoch which owner of the job this process was, counted over all; it may have the job again already
   */
  default void jobLost(TraceId traceId, int epoch) {}

  /**
   * A job's outcome could not be stored.
   *
   * @param traceId the job
   * @param epoch which owner of the job this process is, counted over all
   * @param failure why
   */
  default void jobNotStored(TraceId traceId, int epoch, Exception failure) {}

  /**
   * One attempt that ended.
   *
   * @param traceId the job
   * @param kpiId the KPI
   * @param host who was called: name and port, as in {@link #hostClosed}
   * @param number 1 for the first attempt
   * @param outcome what became of it
   * @param took from its start to its end
   * @param nextIn how long until the next one begins at the earliest; empty if there is none
   */
  record Attempt(
      TraceId traceId,
      String kpiId,
      String host,
      int number,
      TriggerOutcome outcome,
      Duration took,
      Optional<Duration> nextIn) {}
}
