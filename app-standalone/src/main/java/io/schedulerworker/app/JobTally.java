package io.schedulerworker.app;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import java.util.Collection;

/** A job in numbers. */
record JobTally(int kpis, int triggered, int failed, int notCalled, int retries) {
  static JobTally of(JobRecord job) {
    Collection<KpiRun> runs = job.kpis().values();
    int triggered = (int) runs.stream().filter(JobTally::isTriggered).count();
    int notCalled =
        (int) runs.stream().filter(run -> run.status() == KpiStatus.PENDING).count();
    int retries = runs.stream().mapToInt(KpiRun::retryCount).sum();
    return new JobTally(
        runs.size(), triggered, runs.size() - triggered - notCalled, notCalled, retries);
  }

  /** Whether a webhook took the call. */
  static boolean isTriggered(KpiRun run) {
    return run.status() == KpiStatus.TRIGGERED || run.status() == KpiStatus.COMPLETED;
  }

  /** For people. */
  @Override
  public String toString() {
    return count(kpis, "KPI", "KPIs") + ", " + triggered + " triggered, " + failed + " failed, "
        + (notCalled == 0 ? "" : notCalled + " not called, ") + count(retries, "retry", "retries");
  }

  static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
