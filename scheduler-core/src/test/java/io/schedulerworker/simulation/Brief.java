package io.schedulerworker.simulation;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.Ledger;
import java.util.List;
import java.util.stream.Collectors;

/** A stored value in few words, for the trace. */
record Brief(String value) {
  @Override
  public String toString() {
    if (value.startsWith("{\"traceId\"") && value.contains("\"kpis\"")) {
      return brief(JobRecordJson.read(value));
    }
    return value.startsWith("{\"definition\"") ? brief(LedgerJson.read(value)) : value;
  }

  private static String brief(JobRecord job) {
    return job.status().text()
        + " epoch "
        + job.metadata().epoch()
        + job.kpis().values().stream()
            .map(Brief::brief)
            .collect(Collectors.joining(", ", " {", "}"));
  }

  private static String brief(KpiRun run) {
    return run.kpiId()
        + " "
        + run.status().text()
        + (run.settledBy() == null ? "" : " by " + run.settledBy().text())
        + (run.error() == null ? "" : " (" + run.error() + ")");
  }

  private static String brief(Ledger ledger) {
    List<Fate> fates = ledger.fates();
    String last = fates.subList(Math.max(0, fates.size() - 3), fates.size()).stream()
        .map(fate -> fate.fireTime() + " " + (fate.job() != null ? fate.job() : fate.reason()))
        .collect(Collectors.joining(", "));
    return "\"" + ledger.cron() + "\" since " + ledger.since() + " until " + ledger.settledUntil()
        + " … " + last;
  }
}
