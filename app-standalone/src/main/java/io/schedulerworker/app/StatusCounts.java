package io.schedulerworker.app;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiStatus;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many KPIs of a job have each status. */
record StatusCounts(int total, Map<KpiStatus, Integer> counts) {
  static StatusCounts of(JobRecord job) {
    Map<KpiStatus, Integer> counts = new EnumMap<>(KpiStatus.class);
    job.kpis().values().forEach(run -> counts.merge(run.status(), 1, Integer::sum));
    return new StatusCounts(job.kpis().size(), counts);
  }

  /** For people; of a status that none has nothing is said. */
  @Override
  public String toString() {
    String each = Arrays.stream(KpiStatus.values())
        .filter(counts::containsKey)
        .map(status -> counts.get(status) + " " + status.text())
        .collect(Collectors.joining(", "));
    return total + (each.isEmpty() ? "" : ": " + each);
  }
}
