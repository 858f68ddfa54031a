package io.schedulerworker.app;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.Texts;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;

/** A job's outcome for a person. */
final class Summary {
  private static final int SHOWN = 20;

  private Summary() {}

  static boolean allCalled(Collection<KpiRun> runs) {
    return runs.stream().allMatch(JobTally::isTriggered);
  }

  /** What started it, in words. */
  static String startOf(JobRecord job) {
    Fire fire = job.metadata().fire();
    return fire == null || fire.isManual()
        ? "started by hand"
        : "fire of " + fire.schedule() + " at " + fire.fireTime();
  }

  static void print(JobRecord job, PrintWriter out) {
    Collection<KpiRun> runs = job.kpis().values();
    List<KpiRun> rest = runs.stream().filter(run -> !JobTally.isTriggered(run)).toList();
    boolean ended = job.status().isTerminal();
    out.printf(
        "%s %s: %d of %d KPIs %s%n",
        job.traceId(),
        job.status().text(),
        ended ? job.completedKpis() : runs.size() - rest.size(),
        runs.size(),
        ended ? "completed" : "triggered");
    String unbegun = job.metadata().error();
    if (unbegun != null) {
      out.printf("  %s%n", Texts.line(unbegun, 300));
    }
    rest.stream().limit(SHOWN).forEach(run -> print(run, out));
    if (rest.size() > SHOWN) {
      out.printf("  and %d more%n", rest.size() - SHOWN);
    }
  }

  private static void print(KpiRun run, PrintWriter out) {
    String error = run.error() == null ? "not called" : Texts.line(run.error(), 300);
    out.printf("  %s %s: %s%n", run.status().text(), Texts.line(run.kpiId(), 80), error);
  }
}
