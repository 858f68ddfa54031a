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
 * before whoever takes them sees that. They are acknowledged, so that is how the new drive has ended. Whoever comes upon
 * one carries it over: the drive, a process that takes it over, and who takes the report.
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
        .filter(run -> run.status() == KpiStatus.COMPLETED && again.contains(run.kpiId()))
        .filter(run -> counts(job, run, deadline))
        .map(run -> run.ofDrive(job.drive(run.kpiId())))
        .toList();
  }

  private boolean counts(JobRecord job, KpiRun end, Deadline deadline) {
    int drive = job.drive(end.kpiId());
    return end.redrives() == drive
        || (end.redrives() + 1 == drive && steps.carryOver(job.traceId(), end, deadline));
  }
}
