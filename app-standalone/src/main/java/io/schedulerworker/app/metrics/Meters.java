package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.port.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** All meters of a service. Making them loads hundreds of classes. Thread-safe. */
final class Meters implements AutoCloseable {
  private final PrometheusMeterRegistry registry = registry();
  private final BoundedLabels schedules = new BoundedLabels();
  private final BoundedLabels hosts = new BoundedLabels();
  private final SchedulerWorker worker;
  private final FireMeters fires = new FireMeters(registry, schedules);
  private final JobMeters jobs = new JobMeters(registry, schedules);
  private final CallMeters calls = new CallMeters(registry, hosts);
  private final StoreMeters stores = new StoreMeters(registry);
  private final TroubleMeters trouble = new TroubleMeters(registry);
  private final AlertMeters alerts = new AlertMeters(registry);
  private final ScheduleGauges scheduleGauges = new ScheduleGauges(registry, schedules);
  private final HostGauges hostGauges = new HostGauges(registry, hosts, calls::begin);
  private final WatchGauges watch;
  private final ProcessMeters process;

  Meters(
      SchedulerWorker worker,
      List<ScheduleId> fired,
      MetricsListener listener,
      String version,
      Clock clock) {
    this.worker = worker;
    watch = new WatchGauges(registry, schedules, clock);
    scheduleGauges.register(fired, listener.schedules());
    fired.forEach(fires::begin);
    fired.forEach(jobs::begin);
    jobs.begin(ScheduleId.MANUAL);
    Gauge.builder("scheduler_worker_jobs_running", listener, MetricsListener::running)
        .description("Jobs whose KPIs this process is calling")
        .register(registry);
    Gauge.builder(
            "scheduler_worker_clock_off", worker, each -> each.clockProblem().isPresent() ? 1 : 0)
        .description("1 while this process cannot go by its clock and does not fire")
        .register(registry);
    process = new ProcessMeters(registry, version);
  }

  /** Without what only some garbage collectors have, and only once they have done it. */
  private static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("jvm.gc.concurrent.phase.time"));
    return registry;
  }

  FireMeters fires() {
    return fires;
  }

  JobMeters jobs() {
    return jobs;
  }

  CallMeters calls() {
    return calls;
  }

  StoreMeters stores() {
    return stores;
  }

  TroubleMeters trouble() {
    return trouble;
  }

  WatchGauges watch() {
    return watch;
  }

  AlertMeters alerts() {
    return alerts;
  }

  Exposition scrape(String contentType) {
    hostGauges.look(worker.hosts());
    scheduleGauges.look(worker);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      registry.scrape(text, contentType);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new Exposition(contentType, text.toByteArray());
  }

  @Override
  public void close() {
    process.close();
    registry.close();
  }
}
