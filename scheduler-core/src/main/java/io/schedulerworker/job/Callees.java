package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the KPIs of a job that is gone on with: as its plan has them, else as the registry has them now. */
final class Callees {
  /** How long a registry that is missing or broken is waited for: somebody may be at work on it. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Plans plans;
  private final RegistryReader registry;
  private final Clock clock;

  Callees(Plans plans, RegistryReader registry, Clock clock) {
    this.plans = plans;
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * Those who can be called, by id.
   *
   * @param began when somebody first asked, in monotonic nanoseconds
   * @throws NoJobException if there is no registry, unless that has been so for long
   */
  Map<String, Kpi> of(JobRecord job, long began, Deadline deadline) {
    if (job.pendingIds().isEmpty()) {
      return Map.of();
    }
    List<Kpi> active =
        plans.read(job.traceId(), deadline).orElseGet(() -> registered(began, deadline));
    return active.stream().collect(Collectors.toMap(Kpi::id, Function.identity()));
  }

  private List<Kpi> registered(long began, Deadline deadline) {
    try {
      return registry.read(deadline).active();
    } catch (NoJobException e) {
      if (clock.nanoTime() - began < PATIENCE.toNanos()) {
        throw e;
      }
      return List.of();
    }
  }
}
