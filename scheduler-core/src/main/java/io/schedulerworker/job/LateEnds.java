package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Step;
import io.schedulerworker.port.Deadline;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Completions that workflows report of KPIs that are just beginning to be driven again: after the drive has looked, and
 * before it says so. That is how the new drive has ended. A report that comes later is turned away, and taken back; which
 * of the two it is, the first write of its key decides.
 */
final class LateEnds {
  private final Steps steps;

  LateEnds(Steps steps) {
    this.steps = steps;
  }

  /**
   * Lets them count.
   *
   * @param job with the KPIs of the new drive pending
   * @return the ends, as such of the new drive
   */
  List<KpiRun> carryOver(JobRecord job, Deadline deadline) {
    Set<String> again = job.kpis().values().stream()
        .filter(run -> run.status() == KpiStatus.PENDING && run.redrives() > 0)
        .map(KpiRun::kpiId)
        .collect(Collectors.toSet());
    if (again.isEmpty()) {
      return List.of();
    }
    return steps.of(job.traceId(), deadline).stream()
        .filter(step -> step.epoch() == Step.OF_ANYBODY)
        .flatMap(step -> step.runs().stream())
        .filter(run -> again.contains(run.kpiId()))
        .filter(run -> run.redrives() + 1 == job.drive(run.kpiId()))
        .filter(run -> steps.carryOver(job.traceId(), run, deadline))
        .map(run -> run.ofDrive(run.redrives() + 1))
        .toList();
  }
}
