package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What must be true of a job's calls once it is settled, whoever died. */
final class JobCheck {
  /** So many owners of one job die. */
  private static final int MOST_DEATHS = 2;

  private final JobRecord record;
  private final Map<String, List<SinkCall>> byKpi;
  private final Deaths deaths;

  JobCheck(JobRecord record, List<SinkCall> calls, Deaths deaths) {
    this.record = record;
    this.deaths = deaths;
    byKpi = calls.stream()
        .collect(Collectors.groupingBy(SinkCall::kpiId, LinkedHashMap::new, Collectors.toList()));
  }

  /** Nobody is forgotten, and somebody is called again only if the caller could not have left word. */
  void calledAtLeastOnce() {
    allTriggered();
    byKpi.values().forEach(this::repeatsForDeathsAlone);
  }

  private void allTriggered() {
    assertThat(record.kpis().values())
        .as("%s", record.traceId())
        .allSatisfy(run -> assertThat(run.status()).as("%s", run).isEqualTo(KpiStatus.TRIGGERED));
    assertThat(byKpi.keySet()).containsExactlyInAnyOrderElementsOf(record.kpis().keySet());
  }

  /** Nobody is forgotten, and nobody is called twice. */
  void calledOnce() {
    assertThat(byKpi.values())
        .as("%s", record.traceId())
        .allSatisfy(calls -> assertThat(calls).hasSize(1));
    calledAtLeastOnce();
  }

  /** Nobody is forgotten, and no process calls somebody twice, though another may that took the job over. */
  void calledOnceByEachOwner() {
    allTriggered();
    byKpi
        .values()
        .forEach(calls -> assertThat(calls)
            .as("%s", record.traceId())
            .extracting(SinkCall::caller)
            .doesNotHaveDuplicates());
  }

  private void repeatsForDeathsAlone(List<SinkCall> calls) {
    for (int i = 1; i < calls.size(); i++) {
      SinkCall earlier = calls.get(i - 1);
      SinkCall again = calls.get(i);
      assertThat(deaths.mayHaveHidden(earlier))
          .as("%s: %s was called again: %s", record.traceId(), earlier, again)
          .isTrue();
      assertThat(again.caller()).isNotEqualTo(earlier.caller());
      assertThat(deaths.since(earlier.caller(), again)).isPositive();
    }
  }

  /** Nobody is called twice; who may have been called, and left no word of it, has failed. */
  void calledAtMostOnce() {
    assertThat(byKpi.values())
        .as("%s", record.traceId())
        .allSatisfy(calls -> assertThat(calls).hasSize(1));
    record.kpis().values().forEach(this::triggeredOrUnknown);
    assertThat(record.kpis().keySet())
        .as("%s: failed without a call, though only those about to be called might be", record)
        .filteredOn(id -> !byKpi.containsKey(id))
        .hasSizeLessThanOrEqualTo(MOST_DEATHS * Cluster.IN_FLIGHT);
  }

  private void triggeredOrUnknown(KpiRun run) {
    List<SinkCall> calls = byKpi.getOrDefault(run.kpiId(), List.of());
    if (run.status() == KpiStatus.TRIGGERED) {
      assertThat(calls).as("%s", run).hasSize(1);
      return;
    }
    assertThat(run.status()).as("%s", run).isEqualTo(KpiStatus.FAILED);
    assertThat(run.error()).startsWith("unknown outcome:");
    assertThat(calls).as("%s", run).allMatch(deaths::mayHaveHidden);
  }
}
