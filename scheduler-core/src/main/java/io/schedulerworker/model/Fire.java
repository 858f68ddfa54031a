package io.schedulerworker.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What started a job: one fire of a schedule, or somebody by hand.
 *
 * @param schedule the schedule, or {@link ScheduleId#MANUAL}
 * @param cron the schedule's expression as written; null if and only if started by hand
 * @param fireTime the time the rule names, whole seconds, not the moment the job began; null if and only if started by
 *     hand
 */
public record Fire(
    ScheduleId schedule, @Nullable String cron, @Nullable Instant fireTime) {
  private static final Fire MANUAL = new Fire(ScheduleId.MANUAL, null, null);

  /**
   * Drops a fraction of a second.
   *
   * @param schedule as above
   * @param cron as above
   * @param fireTime as above
   * @throws IllegalArgumentException if a scheduled fire lacks its cron or its fire time, or a manual one has any
   */
  public Fire {
    boolean manual = schedule.equals(ScheduleId.MANUAL);
    if (manual ? cron != null || fireTime != null : cron == null || fireTime == null) {
      throw new IllegalArgumentException(
          "a scheduled fire has a cron and a fire time, a manual one has neither: " + schedule);
    }
    fireTime = fireTime == null ? null : fireTime.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * A start by hand.
   *
   * @return the one such value
   */
  public static Fire manual() {
    return MANUAL;
  }

  /**
   * A fire of a schedule.
   *
   * @param schedule which one
   * @param fireTime the time its rule names
   * @return the fire
   */
  public static Fire of(Schedule schedule, Instant fireTime) {
    return new Fire(schedule.id(), schedule.cron(), fireTime);
  }

  /**
   * Whether somebody started it by hand.
   *
   * @return true if no schedule stands behind it
   */
  public boolean isManual() {
    return fireTime == null;
  }

  /**
   * Whether a job may be this fire's, to go by its name.
   *
   * @param traceId the job
   * @return true if it is one of the ids that this fire's job can have
   */
  public boolean mayHave(TraceId traceId) {
    return IntStream.range(0, TraceId.CANDIDATES).mapToObj(this::traceId).anyMatch(traceId::equals);
  }

  /**
   * The id to try for the job of this fire.
   *
   * @param candidate see {@link TraceId#ofFire}
   * @return the trace id
   * @throws IllegalStateException if started by hand: such an id is drawn, not computed
   */
  public TraceId traceId(int candidate) {
    if (fireTime == null) {
      throw new IllegalStateException("a manual job's trace id is drawn, not computed");
    }
    return TraceId.ofFire(schedule, Objects.requireNonNull(fireTime), candidate);
  }
}
