package io.schedulerworker.simulation;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.simulation.Histories.LeaseChange;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How often what was to be simulated did happen: a simulator that lets nothing happen finds nothing. */
final class Statistics {
  private final Map<String, Long> counts = new TreeMap<>();

  synchronized void add(Simulation.Result result) {
    Run run = result.run();
    Histories histories = result.end().histories();
    count("seeds", 1);
    run.incidents.all().forEach(incident -> count(incident.what(), 1));
    run.others.answers().forEach(this::count);
    count("workflows started", run.n8n.starts().size());
    count("calls of n8n", run.n8n.attempts());
    count("workflows started again", repeats(run));
    count("jobs", histories.firstRecords().size());
    count("manual jobs promised", run.manual.promised().size());
    count("jobs driven again", run.steering.promised().size());
    result.end().lastState().forEach((key, value) -> {
      if (key.startsWith(JobRecord.KEY_PREFIX)) {
        add(JobRecordJson.read(value));
      }
    });
    histories.leases().values().forEach(changes -> changes.forEach(this::add));
    histories.ledgers().values().forEach(changes -> {
      String last = changes.get(changes.size() - 1).after();
      LedgerJson.read(last).fates().forEach(this::add);
    });
  }

  private void add(JobRecord job) {
    job.metadata().audit().stream()
        .filter(line -> line.by().equals("retry_unfinished"))
        .forEach(line -> count("jobs driven again by themselves", 1));
    for (KpiRun run : job.kpis().values()) {
      if (run.status() == KpiStatus.TIMED_OUT) {
        count("KPIs timed out", 1);
      } else if ("cancelled".equals(run.error())) {
        count("KPIs cancelled", 1);
      }
    }
  }

  private void add(LeaseChange change) {
    if (change.before() != null
        && change.after() != null
        && change.after().epoch() > change.before().epoch()) {
      count(change.before().handedOver() ? "leases handed over" : "leases taken over", 1);
    }
  }

  private void add(Fate fate) {
    count(fate.reason() == null ? "fate: job" : "fate: " + fate.reason().text(), 1);
  }

  private static long repeats(Run run) {
    Map<String, Long> starts = new HashMap<>();
    run.n8n.starts().forEach(start -> starts.merge(start.key(), 1L, Long::sum));
    return starts.values().stream().mapToLong(count -> count - 1).sum();
  }

  private synchronized void count(String what, long times) {
    counts.merge(what, times, Long::sum);
  }

  synchronized long of(String what) {
    return counts.getOrDefault(what, 0L);
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach((what, times) -> text.append("%9d  %s%n".formatted(times, what)));
    return text.toString();
  }
}
