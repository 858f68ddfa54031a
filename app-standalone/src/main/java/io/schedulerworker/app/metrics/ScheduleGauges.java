package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.model.ScheduleId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the schedules stand. Those beyond the bound are left out. */
final class ScheduleGauges {
  private final MeterRegistry registry;
  private final BoundedLabels schedules;
  private final Set<String> labels = new HashSet<>();
  private volatile Map<ScheduleId, Instant> next = Map.of();

  ScheduleGauges(MeterRegistry registry, BoundedLabels schedules) {
    this.registry = registry;
    this.schedules = schedules;
  }

  void register(List<ScheduleId> ids, ScheduleStates states) {
    for (ScheduleId id : ids) {
      String label = schedules.of(id.value());
      if (labels.add(label)) {
        register(id, label, states);
      }
    }
  }

  private void register(ScheduleId id, String label, ScheduleStates states) {
    Gauge.builder("scheduler_worker_schedule_next_fire_timestamp", this, all -> all.seconds(id))
        .description("When a schedule fires next; NaN if it does not")
        .baseUnit("seconds")
        .tag("schedule", label)
        .register(registry);
    Gauge.builder("scheduler_worker_schedule_paused", states, all -> has(all.paused(), id))
        .description("1 while a schedule is paused")
        .tag("schedule", label)
        .register(registry);
    Gauge.builder("scheduler_worker_schedule_superseded", states, all -> has(all.superseded(), id))
        .description("1 while another definition of a schedule is in force, which others fire")
        .tag("schedule", label)
        .register(registry);
  }

  void look(SchedulerWorker worker) {
    next = worker.nextFireTimes();
  }

  private double seconds(ScheduleId id) {
    Instant time = next.get(id);
    return time == null ? Double.NaN : time.getEpochSecond();
  }

  private static int has(Set<ScheduleId> ids, ScheduleId id) {
    return ids.contains(id) ? 1 : 0;
  }
}
