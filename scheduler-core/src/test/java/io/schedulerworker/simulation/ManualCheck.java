package io.schedulerworker.simulation;

import io.schedulerworker.model.TraceId;
import java.util.Set;
import java.util.function.Consumer;

/** Who asked for a job has it, and who asked twice has it once. */
final class ManualCheck implements Check {
  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    Set<TraceId> made = end.histories().firstRecords().keySet();
    for (TraceId promised : run.manual.promised()) {
      if (!made.contains(promised)) {
        fault.accept("the manual job " + promised + " was promised and has no record");
      }
    }
    run.manual.byRequest().forEach((request, jobs) -> {
      if (jobs.size() > 1) {
        fault.accept(request + " led to several jobs: " + jobs);
      }
    });
    // A claimant that slept may find its job ended with nobody called, and makes another.
    long manual = end.histories().firstRecords().values().stream()
        .filter(job -> job.metadata().fire() != null && job.metadata().fire().isManual())
        .filter(job -> !job.kpis().isEmpty())
        .count();
    if (manual > run.manual.timesAsked() + run.manual.requests()) {
      fault.accept(manual + " manual jobs, more than were asked for");
    }
  }
}
