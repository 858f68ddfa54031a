package io.schedulerworker.simulation;

import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What others were promised to be kept: an ingestion worker's writes, and completions that were acknowledged. */
final class Others {
  private final List<Kept> kept = new ArrayList<>();
  private final Map<String, Long> answers = new TreeMap<>();

  /**
   * A state of a KPI that must stay.
   *
   * @param since when it was applied, or acknowledged
   * @param change how many changes the store had seen by then
   * @param drive of the KPI that it is about; a later one may take its place
   * @param plain whether it was written into the record by another program, with its own field
   */
  record Kept(
      long since,
      int change,
      TraceId traceId,
      String kpiId,
      KpiStatus status,
      int drive,
      boolean plain) {
    boolean isAboutTheSameAs(Kept other) {
      return traceId.equals(other.traceId) && kpiId.equals(other.kpiId) && drive == other.drive;
    }
  }

  void keep(Kept what) {
    if (kept.stream().noneMatch(what::isAboutTheSameAs)) {
      kept.add(what);
    }
  }

  /** What happened to a report, for the statistics. */
  void answered(String how) {
    answers.merge(how, 1L, Long::sum);
  }

  Map<String, Long> answers() {
    return answers;
  }

  List<Kept> kept() {
    return kept;
  }

  /** Every KPI has one kind of reporter, so that two never contradict each other: who was first is not for us to say. */
  static boolean reportsByCallback(String kpiId) {
    return kpiId.hashCode() % 2 == 0;
  }
}
