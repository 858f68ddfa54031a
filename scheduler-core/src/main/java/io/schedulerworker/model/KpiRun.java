package io.schedulerworker.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What became of one KPI in one job. Instants are cut to whole seconds.
 *
 * @param kpiId the KPI
 * @param status how far it is
 * @param completedAt when it became terminal; null before
 * @param error why it failed, for a person; null unless failed or timed out
 * @param retryCount attempts beyond the first
 * @param triggeredAt when the webhook accepted; null if it did not
 * @param responseTime of the last attempt, in milliseconds; null before an answer
 * @param httpStatus of the last answer; null without one
 * @param executionId what n8n calls the run of the workflow, if its answer said so; else null
 * @param settledBy which part of us ended it; null if not terminal or if another writer ended it
 * @param redrives how often it was driven again by hand; 0 is not written
 * @param extras further fields, of other writers
 */
public record KpiRun(
    String kpiId,
    KpiStatus status,
    @Nullable Instant completedAt,
    @Nullable String error,
    int retryCount,
    @Nullable Instant triggeredAt,
    @Nullable Long responseTime,
    @Nullable Integer httpStatus,
    @Nullable String executionId,
    @Nullable SettledBy settledBy,
    int redrives,
    Extras extras) {

  private static final int RANKS = 4;
  /** The error of a KPI that had accepted no call when its job was cancelled. */
  public static final String CANCELLED = "cancelled";

  /**
   * Cuts the instants.
   *
   * @param kpiId as above
   * @param status as above
   * @param completedAt as above
   * @param error as above
   * @param retryCount as above
   * @param triggeredAt as above
   * @param responseTime as above
   * @param httpStatus as above
   * @param executionId as above
   * @param settledBy as above
   * @param redrives as above
   * @param extras as above
   */
  public KpiRun {
    completedAt = seconds(completedAt);
    triggeredAt = seconds(triggeredAt);
  }

  /**
   * A KPI that has not been called.
   *
   * @param kpiId the KPI
   * @return a pending run
   */
  public static KpiRun pending(String kpiId) {
    return new KpiRun(
        kpiId, KpiStatus.PENDING, null, null, 0, null, null, null, null, null, 0, Extras.NONE);
  }

  /**
   * This run after its webhook answered 2xx, the workflow's end still to be reported.
   *
   * @param at when
   * @param retries attempts beyond the first
   * @param answer what the last attempt gave
   * @return a triggered run
   */
  public KpiRun triggered(Instant at, int retries, Answer answer) {
    return after(KpiStatus.TRIGGERED, null, null, retries, at, answer, null);
  }

  /**
   * This run after its webhook answered 2xx, which says that the workflow is done.
   *
   * @param at when
   * @param retries attempts beyond the first
   * @param answer what the last attempt gave
   * @return a completed run
   */
  public KpiRun completed(Instant at, int retries, Answer answer) {
    return after(KpiStatus.COMPLETED, at, null, retries, at, answer, SettledBy.DISPATCH);
  }

  /**
   * This run after it was given up.
   *
   * @param at when
   * @param why for a person
   * @param retries attempts beyond the first
   * @param answer what the last attempt gave
   * @return a failed run
   */
  public KpiRun failed(Instant at, String why, int retries, Answer answer) {
    return after(KpiStatus.FAILED, at, why, retries, triggeredAt, answer, SettledBy.DISPATCH);
  }

  /**
   * This run after its workflow reported its end.
   *
   * @param at when
   * @param end completed or failed
   * @param why it failed, for a person; null if it is not known or it did not
   * @return a terminal run
   * @throws IllegalArgumentException if the status is none that a workflow can report
   */
  public KpiRun reported(Instant at, KpiStatus end, @Nullable String why) {
    if (end != KpiStatus.COMPLETED && end != KpiStatus.FAILED) {
      throw new IllegalArgumentException(
          "a workflow reports completed or failed, not " + end.text());
    }
    Answer answer = new Answer(responseTime, httpStatus, executionId);
    return after(end, at, why, retryCount, triggeredAt, answer, SettledBy.CALLBACK);
  }

  /**
   * This run after its workflow's end was not reported in time.
   *
   * @param at when
   * @param why for a person
   * @return a run that timed out
   */
  public KpiRun timedOut(Instant at, String why) {
    Answer answer = new Answer(responseTime, httpStatus, executionId);
    return after(KpiStatus.TIMED_OUT, at, why, retryCount, triggeredAt, answer, SettledBy.TIMEOUT);
  }

  /**
   * This run as one of a later drive, of which nothing is known but what a report of its end says.
   *
   * @param drive 0 for the first drive, and then how often the KPI was driven again by hand
   * @return the same, of that drive
   */
  public KpiRun ofDrive(int drive) {
    return drive == redrives ? this : with(drive, extras);
  }

  private KpiRun with(int drive, Extras further) {
    return new KpiRun(
        kpiId,
        status,
        completedAt,
        error,
        retryCount,
        triggeredAt,
        responseTime,
        httpStatus,
        executionId,
        settledBy,
        drive,
        further);
  }

  /**
   * Whether a callback or another writer ended it: what they say stands.
   *
   * @return false if it is not terminal, or if the scheduler ended it
   */
  public boolean isSettledByOthers() {
    return status.isTerminal() && !isSettledByUs();
  }

  private KpiRun after(
      KpiStatus next,
      @Nullable Instant end,
      @Nullable String why,
      int retries,
      @Nullable Instant accepted,
      Answer answer,
      @Nullable SettledBy by) {
    return new KpiRun(
        kpiId,
        next,
        end,
        why,
        retries,
        accepted,
        answer.responseTime(),
        answer.httpStatus(),
        answer.executionId(),
        by,
        redrives,
        extras);
  }

  /**
   * Merges two states of the same run, whoever wrote them. The later drive wins. Of the same drive the higher rank wins, at equal rank this one: {@code
   * pending} before {@code triggered} before what we settled before what a callback or another writer settled. What the
   * winner leaves open is taken from the other. Joining is idempotent.
   *
   * @param later the state to merge in, of the same KPI
   * @return the merged state
   */
  public KpiRun join(KpiRun later) {
    if (redrives != later.redrives) {
      return redrives > later.redrives ? withExtrasOf(later) : later.withExtrasOf(this);
    }
    if (rank() == later.rank() && equals(later)) {
      return this;
    }
    return rank() >= later.rank() ? filledFrom(later) : later.filledFrom(this);
  }

  /** Grows whenever this goes on, and with each drive: what {@link #join} makes of two has that of the later one. */
  long progress() {
    return (long) redrives * RANKS + rank();
  }

  private int rank() {
    return switch (status) {
      case PENDING -> 0;
      case TRIGGERED -> 1;
      case COMPLETED, FAILED, TIMED_OUT -> isSettledByUs() ? 2 : 3;
    };
  }

  private boolean isSettledByUs() {
    return settledBy == SettledBy.DISPATCH || settledBy == SettledBy.TIMEOUT;
  }

  /** What else is known of an earlier drive says nothing of this one. */
  private KpiRun withExtrasOf(KpiRun other) {
    return with(redrives, extras.and(other.extras));
  }

  private KpiRun filledFrom(KpiRun other) {
    return new KpiRun(
        kpiId,
        status,
        completedAt,
        error,
        Math.max(retryCount, other.retryCount),
        triggeredAt != null ? triggeredAt : other.triggeredAt,
        responseTime != null ? responseTime : other.responseTime,
        httpStatus != null ? httpStatus : other.httpStatus,
        executionId != null ? executionId : other.executionId,
        settledBy,
        redrives,
        extras.and(other.extras));
  }

  private static @Nullable Instant seconds(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * What an attempt gave, for the record.
   *
   * @param responseTime from the start of the call to its end, in milliseconds; null if there was no call
   * @param httpStatus of the answer; null without one
   * @param executionId what n8n calls the run of the workflow; null if it did not say
   */
  public record Answer(
      @Nullable Long responseTime,
      @Nullable Integer httpStatus,
      @Nullable String executionId) {
    /** No attempt was made. */
    public static final Answer NONE = new Answer(null, null, null);
  }
}
