package io.schedulerworker.simulation;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.SettledBy;
import io.schedulerworker.model.TraceId;
import java.util.function.Consumer;

/** Each KPI is called, or says why not; and none says that it was called if it was not. */
final class CallCheck implements Check {
  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    for (SimN8n.Start start : run.n8n.starts()) {
      if (!end.histories().firstRecords().containsKey(start.traceId())) {
        fault.accept(start.traceId() + " was begun without a record");
      }
    }
    end.lastState().forEach((key, value) -> {
      if (key.startsWith(JobRecord.KEY_PREFIX)) {
        JobRecord job = JobRecordJson.read(value);
        job.kpis().values().forEach(each -> check(run, job.traceId(), each, fault));
      }
    });
  }

  private static void check(Run run, TraceId traceId, KpiRun kpi, Consumer<String> fault) {
    boolean started = run.n8n.starts().stream()
        .anyMatch(start -> start.isOf(traceId, kpi.kpiId(), kpi.redrives()));
    String where = traceId + " " + kpi.kpiId() + ": ";
    if (!started && saysStarted(kpi)) {
      fault.accept(where + "is " + kpi.status() + ", and was never started");
    }
    if (kpi.status() == KpiStatus.FAILED && (kpi.error() == null || kpi.error().isBlank())) {
      fault.accept(where + "failed without a reason");
    }
    if (kpi.status() == KpiStatus.FAILED && kpi.settledBy() == null) {
      fault.accept(where + "failed, and nobody says who says so");
    }
  }

  private static boolean saysStarted(KpiRun kpi) {
    return kpi.status() == KpiStatus.TRIGGERED
        || (kpi.status() == KpiStatus.COMPLETED && kpi.settledBy() == SettledBy.DISPATCH);
  }
}
