package io.schedulerworker.app;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.RegistryFinding;
import io.schedulerworker.port.JobListener;
import java.io.PrintWriter;
import java.util.List;

/** Tells the demo's story as it happens. */
final class DemoNarrator implements JobListener {
  private final PrintWriter out;

  DemoNarrator(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void registryFindings(List<RegistryFinding> findings) {
    findings.forEach(finding -> say("  warning: " + finding));
  }

  @Override
  public void jobCreated(JobRecord job) {
    say("Fire! Job " + job.traceId() + " is recorded with " + job.kpis().size()
        + " KPIs, pending.");
    say("");
    say("The calls, as they go:");
  }

  @Override
  public void attemptEnded(Attempt attempt) {
    String next =
        attempt.nextIn().map(wait -> "; again in " + wait.toMillis() + " ms").orElse("");
    say("  %-18s attempt %d, %3d ms: %s%s"
        .formatted(
            attempt.kpiId(),
            attempt.number(),
            attempt.took().toMillis(),
            attempt.outcome().reason(),
            next));
  }

  @Override
  public void jobSettled(JobRecord job) {
    say("");
    say("Job %s: %d of %d KPIs completed."
        .formatted(job.status().text(), job.completedKpis(), job.kpis().size()));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
