package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import java.time.Duration;

/** Fires of schedules, by their fates. */
final class FireMeters {
  private static final String SCHEDULE = "schedule";
  private static final String JOB = "job";

  private final BoundedLabels schedules;
  private final MeterProvider<Counter> fires;
  private final MeterProvider<Timer> lag;
  private final MeterProvider<Counter> putOff;
  private final MeterProvider<Counter> failures;

  FireMeters(MeterRegistry registry, BoundedLabels schedules) {
    this.schedules = schedules;
    fires = Counter.builder("scheduler_worker_fires")
        .description("Fires that this process gave their fate: job, or the reason for none")
        .withRegistry(registry);
    lag = Buckets.LAG
        .timer("scheduler_worker_fire_lag", "From the time of a fire to its job")
        .withRegistry(registry);
    putOff = Counter.builder("scheduler_worker_fires_put_off")
        .description("Fires that had no turn at their time and are to be made up for")
        .withRegistry(registry);
    failures = Counter.builder("scheduler_worker_fire_failures")
        .description("Times that a fire could not be given its fate and is tried again")
        .withRegistry(registry);
  }

  /** What has not happened yet is 0, so that its first time is seen as a rise. */
  void begin(ScheduleId schedule) {
    count(schedule, JOB, 0);
    for (SkipReason reason : SkipReason.values()) {
      count(schedule, reason.text(), 0);
    }
    for (Owed.Cause cause : Owed.Cause.values()) {
      putOff(schedule, cause, 0);
    }
    failed(schedule, 0);
    lag(schedule);
  }

  void madeJob(ScheduleId schedule, Duration late) {
    count(schedule, JOB, 1);
    lag(schedule).record(late);
  }

  private Timer lag(ScheduleId schedule) {
    return lag.withTags(SCHEDULE, label(schedule));
  }

  void skipped(ScheduleId schedule, SkipReason reason, int count) {
    count(schedule, reason.text(), count);
  }

  private void count(ScheduleId schedule, String fate, int count) {
    fires.withTags(SCHEDULE, label(schedule), "fate", fate).increment(count);
  }

  void putOff(ScheduleId schedule, Owed.Cause cause, int count) {
    putOff.withTags(SCHEDULE, label(schedule), "cause", cause.text()).increment(count);
  }

  void failed(ScheduleId schedule, int count) {
    failures.withTags(SCHEDULE, label(schedule)).increment(count);
  }

  private String label(ScheduleId schedule) {
    return schedules.of(schedule.value());
  }
}
