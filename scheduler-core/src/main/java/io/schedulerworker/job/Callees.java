package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.port.Deadline;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the KPIs of a job that is gone on with: as its plan has them, else as the registry has them now. */
final class Callees {
  private final Plans plans;
  private final RegistryReader registry;

  Callees(Plans plans, RegistryReader registry) {
    this.plans = plans;
    this.registry = registry;
  }

  /**
   * Those who can be called, by id.
   *
   * @param patient whether to wait for a registry that is missing or broken: somebody may be at work on it
   * @throws NoJobException if there is none and it is waited for
   */
  Map<String, Kpi> of(JobRecord job, boolean patient, Deadline deadline) {
    if (!job.hasPending()) {
      return Map.of();
    }
    return byId(plans.read(job.traceId(), deadline).orElseGet(() -> registered(patient, deadline)));
  }

  /**
   * Those who can be called by the registry as it is now, by id.
   *
   * @throws NoJobException if there is none
   */
  Map<String, Kpi> registered(Deadline deadline) {
    return byId(registered(true, deadline));
  }

  private static Map<String, Kpi> byId(List<Kpi> kpis) {
    return kpis.stream().collect(Collectors.toMap(Kpi::id, Function.identity()));
  }

  private List<Kpi> registered(boolean patient, Deadline deadline) {
    try {
      return registry.read(deadline).active();
    } catch (NoJobException e) {
      if (patient) {
        throw e;
      }
      return List.of();
    }
  }
}
