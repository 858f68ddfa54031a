package io.schedulerworker.app.alerts;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.Texts;

/** Jobs in a line for a person. */
final class JobWords {
  private static final int ERROR_SHOWN = 200;

  private JobWords() {}

  /** Whose job it is; what another program wrote is nobody's, and counts as made by hand. */
  static ScheduleId schedule(JobRecord job) {
    Fire fire = job.metadata().fire();
    return fire == null ? ScheduleId.MANUAL : fire.schedule();
  }

  /** As in {@code the job of daily at 2025-08-14T12:00:00Z}. */
  static String name(JobRecord job) {
    Fire fire = job.metadata().fire();
    return fire == null || fire.isManual()
        ? "a job by hand"
        : "the job of %s at %s".formatted(fire.schedule(), fire.fireTime());
  }

  /** As in {@code 2 of 3 KPIs completed, 1 failed or timed out; cmc-btc: …}. */
  static String numbers(JobRecord job) {
    return "%d of %s completed, %d failed or timed out%s"
        .formatted(
            job.completedKpis(),
            kpis(job.kpis().size()),
            job.failedKpis(),
            job.isCancelled() ? "; it was cancelled" : "");
  }

  static String kpis(int count) {
    return count == 1 ? "1 KPI" : count + " KPIs";
  }

  /** Why it came to nothing, as far as that can be said in a few words. */
  static String why(JobRecord job) {
    String error = job.metadata().error();
    if (error != null) {
      return "; " + Texts.line(error, ERROR_SHOWN);
    }
    return job.kpis().values().stream()
        .filter(run -> run.error() != null)
        .findFirst()
        .map(JobWords::why)
        .orElse("");
  }

  private static String why(KpiRun run) {
    return "; %s: %s"
        .formatted(
            Texts.line(run.kpiId(), ERROR_SHOWN),
            Texts.line(String.valueOf(run.error()), ERROR_SHOWN));
  }
}
