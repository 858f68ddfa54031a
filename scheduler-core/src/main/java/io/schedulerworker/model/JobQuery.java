package io.schedulerworker.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list, newest first.
 *
 * @param limit how many at most, from 1 to {@link #GREATEST_LIMIT}
 * @param before list only jobs whose trace id is less; empty means from the newest on
 * @param status list only jobs with this status; empty means any
 * @param schedule list only jobs of this schedule, {@link ScheduleId#MANUAL} for those started by hand; empty means any
 */
public record JobQuery(
    int limit,
    Optional<TraceId> before,
    Optional<JobStatus> status,
    Optional<ScheduleId> schedule) {
  /** How many jobs one page has at most. */
  public static final int GREATEST_LIMIT = 200;

  /**
   * Checks the limit.
   *
   * @param limit as above
   * @param before as above
   * @param status as above
   * @param schedule as above
   * @throws IllegalArgumentException if the limit is out of its bounds
   */
  public JobQuery {
    if (limit < 1 || limit > GREATEST_LIMIT) {
      throw new IllegalArgumentException("limit " + limit + " must be from 1 to " + GREATEST_LIMIT);
    }
  }

  /**
   * The newest jobs, whatever their state.
   *
   * @param limit how many at most
   * @return the query
   */
  public static JobQuery newest(int limit) {
    return new JobQuery(limit, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Whether every job is one of those asked for.
   *
   * @return true if neither status nor schedule matters
   */
  public boolean isForAll() {
    return status.isEmpty() && schedule.isEmpty();
  }

  /**
   * Whether a job is one of those asked for, its place in the order aside.
   *
   * @param job any job
   * @return true if it has the status and the schedule asked for
   */
  public boolean matches(JobSummary job) {
    return status.map(job.status()::equals).orElse(true)
        && schedule.map(wanted -> isOf(wanted, job.metadata().fire())).orElse(true);
  }

  private static boolean isOf(ScheduleId wanted, @Nullable Fire fire) {
    return fire != null && fire.schedule().equals(wanted);
  }
}
