package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.ScheduleId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Jobs and their KPIs, by how they end. */
final class JobMeters {
  private static final String SCHEDULE = "schedule";
  private static final String STATUS = "status";

  private final BoundedLabels schedules;
  private final MeterProvider<Counter> created;
  private final Counter retried;
  private final Counter cancelled;
  private final MeterProvider<Counter> settled;
  private final MeterProvider<Counter> ended;
  private final MeterProvider<Counter> kpisSettled;
  private final MeterProvider<Counter> kpisEnded;
  private final MeterProvider<Timer> dispatch;
  private final MeterProvider<Timer> duration;

  JobMeters(MeterRegistry registry, BoundedLabels schedules) {
    this.schedules = schedules;
    created = Counter.builder("scheduler_worker_jobs_started")
        .description("Jobs that this process made; those by hand are of the schedule manual")
        .withRegistry(registry);
    retried = Counter.builder("scheduler_worker_jobs_retried")
        .description("Times that KPIs of a job were driven again")
        .register(registry);
    cancelled = Counter.builder("scheduler_worker_jobs_cancelled")
        .description("Jobs that somebody cancelled while this process was at them")
        .register(registry);
    settled = Counter.builder("scheduler_worker_jobs_settled")
        .description("Jobs of which no KPI needs a further call, by their status then")
        .withRegistry(registry);
    ended = Counter.builder("scheduler_worker_jobs_ended")
        .description("Jobs of which every KPI has ended, by their status")
        .withRegistry(registry);
    kpisSettled = Counter.builder("scheduler_worker_kpis_settled")
        .description("KPIs that need no further call, by their status then")
        .withRegistry(registry);
    kpisEnded = Counter.builder("scheduler_worker_kpis_ended")
        .description("KPIs of the jobs that have ended, by their status")
        .withRegistry(registry);
    dispatch = Buckets.JOB
        .timer(
            "scheduler_worker_job_dispatch",
            "From a job's creation, or its retry, until no KPI needed a further call, by its status then")
        .withRegistry(registry);
    duration = Buckets.JOB
        .timer(
            "scheduler_worker_job_duration",
            "From a job's creation until every KPI had ended, by its status")
        .withRegistry(registry);
  }

  /** What has not happened yet is 0, so that its first time is seen as a rise. */
  void begin(ScheduleId schedule) {
    String label = schedules.of(schedule.value());
    created.withTags(SCHEDULE, label);
    for (JobStatus status : JobStatus.values()) {
      if (status.isTerminal()) {
        ended.withTags(SCHEDULE, label, STATUS, status.text());
      }
    }
  }

  void created(ScheduleId schedule) {
    created.withTags(SCHEDULE, schedules.of(schedule.value())).increment();
  }

  void retried() {
    retried.increment();
  }

  void cancelled() {
    cancelled.increment();
  }

  void settled(JobRecord job, Duration took) {
    settled.withTags(SCHEDULE, schedule(job), STATUS, status(job)).increment();
    dispatch.withTags(STATUS, status(job)).record(took);
    if (job.status().isTerminal()) {
      ended(job, took);
    }
  }

  void ended(JobRecord job, Duration took) {
    ended.withTags(SCHEDULE, schedule(job), STATUS, status(job)).increment();
    duration.withTags(STATUS, status(job)).record(took);
    countKpis(job)
        .forEach((status, count) -> kpisEnded.withTags(STATUS, status.text()).increment(count));
  }

  private static Map<KpiStatus, Integer> countKpis(JobRecord job) {
    Map<KpiStatus, Integer> counts = new EnumMap<>(KpiStatus.class);
    job.kpis().values().forEach(run -> counts.merge(run.status(), 1, Integer::sum));
    return counts;
  }

  void kpiSettled(KpiRun run) {
    kpisSettled.withTags(STATUS, run.status().text()).increment();
  }

  /** What another program wrote has no fire. */
  private String schedule(JobRecord job) {
    Fire fire = job.metadata().fire();
    ScheduleId schedule = fire == null ? ScheduleId.MANUAL : fire.schedule();
    return schedules.of(schedule.value());
  }

  private static String status(JobRecord job) {
    return job.status().text();
  }
}
