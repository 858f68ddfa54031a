package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.ScheduleReport;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * What the store says of the schedules, whichever process should have seen to them, as of the last look: the same at all
 * processes. Those beyond the bound are left out.
 */
final class WatchGauges {
  private final MeterRegistry registry;
  private final BoundedLabels schedules;
  private final Clock clock;
  private final Map<ScheduleId, ScheduleReport> reports = new ConcurrentHashMap<>();
  private final Set<ScheduleId> registered = new HashSet<>();
  private volatile Instant looked;

  WatchGauges(MeterRegistry registry, BoundedLabels schedules, Clock clock) {
    this.registry = registry;
    this.schedules = schedules;
    this.clock = clock;
    // A process that never comes to look is one that does not look.
    this.looked = clock.now();
    Gauge.builder("scheduler_worker_watch_look_timestamp", this, WatchGauges::lookedSeconds)
        .description(
            "When the schedules were last looked at; before the first time, when the process began")
        .baseUnit("seconds")
        .register(registry);
  }

  private double lookedSeconds() {
    return looked.getEpochSecond();
  }

  synchronized void saw(List<ScheduleReport> now) {
    now.forEach(report -> {
      reports.put(report.schedule(), report);
      if (registered.add(report.schedule())) {
        register(report.schedule());
      }
    });
    reports.keySet().retainAll(now.stream().map(ScheduleReport::schedule).toList());
    looked = clock.now();
  }

  private void register(ScheduleId id) {
    String label = schedules.of(id.value());
    if (label.equals(BoundedLabels.OTHER)) {
      return;
    }
    gauge(
        "fires_expected",
        "Fires that the rule names within the last day, as far back as all are remembered",
        id,
        label,
        ScheduleReport::firesExpected);
    gauge(
        "fires_settled",
        "Those of them that have their fate, or a turn to come",
        id,
        label,
        ScheduleReport::firesSettled);
    gauge("fires_owed", "Fires that are to be made up for", id, label, ScheduleReport::owed);
    gauge(
        "kpis_expected",
        "KPIs of the jobs of the last day whose calls should be over",
        id,
        label,
        report -> report.calls().expected());
    gauge(
        "kpis_called",
        "Those of them that need no call any more",
        id,
        label,
        report -> report.calls().called());
    gauge(
        "jobs_stalled",
        "Jobs with KPIs to call that no process is at, and jobs without a record",
        id,
        label,
        report -> report.calls().stalled().size() + report.calls().missing().size());
    Gauge.builder("scheduler_worker_watch_overdue", () -> overdueSeconds(id))
        .description("Age of the oldest fire that is due and that no process has decided about")
        .baseUnit("seconds")
        .tag("schedule", label)
        .register(registry);
  }

  private void gauge(
      String name,
      String description,
      ScheduleId id,
      String label,
      ToDoubleFunction<ScheduleReport> value) {
    Gauge.builder("scheduler_worker_watch_" + name, () -> {
          ScheduleReport report = reports.get(id);
          return report == null ? Double.NaN : value.applyAsDouble(report);
        })
        .description(description)
        .tag("schedule", label)
        .register(registry);
  }

  private double overdueSeconds(ScheduleId id) {
    ScheduleReport report = reports.get(id);
    return report == null
        ? Double.NaN
        : report
            .overdueSince()
            .map(since -> (double) Duration.between(since, clock.now()).toSeconds())
            .orElse(0.0);
  }
}
