package io.schedulerworker.simulation;

import io.schedulerworker.JobStore;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.simulation.Others.Kept;
import io.schedulerworker.simulation.SimStore.Change;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What others wrote, or were told is recorded, shows from then on, and stands in the record at last. */
final class KeptCheck implements Check {
  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    for (Kept kept : run.others.kept()) {
      atLast(end, kept, fault);
    }
    run.others.kept().stream().map(Kept::traceId).distinct().forEach(traceId -> {
      List<Kept> ofJob = run.others.kept().stream()
          .filter(kept -> kept.traceId().equals(traceId))
          .toList();
      always(end.histories().jobs().getOrDefault(traceId, List.of()), ofJob, fault);
    });
  }

  private static void atLast(End end, Kept kept, Consumer<String> fault) {
    Optional<JobRecord> job = Optional.ofNullable(
            end.lastState().get(JobRecord.key(kept.traceId())))
        .map(JobRecordJson::read);
    String what = fault(job, kept);
    if (what != null) {
      fault.accept("the record at last has " + what);
    }
    if (what == null && isAcknowledgedAsCompleted(kept) && !isCompleted(job, kept)) {
      fault.accept(
          kept + " was acknowledged, and the record at last has another end of a later drive");
    }
  }

  private static boolean isAcknowledgedAsCompleted(Kept kept) {
    return kept.status() == KpiStatus.COMPLETED && !kept.plain();
  }

  /** Also by a drive that began just as it was reported. */
  private static boolean isCompleted(Optional<JobRecord> job, Kept kept) {
    return job.map(record -> record.kpis().get(kept.kpiId()))
        .filter(found -> found.status() == KpiStatus.COMPLETED)
        .isPresent();
  }

  private static void always(List<Change> changes, List<Kept> kept, Consumer<String> fault) {
    FrozenStore store = new FrozenStore();
    JobStore reader = store.reader();
    for (Change change : changes) {
      store.apply(change);
      List<Kept> due =
          kept.stream().filter(each -> each.change() <= change.number()).toList();
      if (!due.isEmpty()) {
        Optional<JobRecord> job = reader.find(due.get(0).traceId());
        for (Kept each : due) {
          String what = fault(job, each);
          if (what != null) {
            fault.accept("readers see since " + Trace.time(change.time()) + " " + what);
            return;
          }
        }
      }
    }
  }

  /** What is wrong with a job in which something should be kept; null if nothing is. */
  static String fault(Optional<JobRecord> job, Kept kept) {
    KpiRun found = job.map(record -> record.kpis().get(kept.kpiId())).orElse(null);
    boolean whole = found != null
        && (found.redrives() > kept.drive()
            || (found.redrives() == kept.drive() && found.status() == kept.status()))
        && (!kept.plain() || found.extras().fields().containsKey("value"));
    return whole ? null : found + " in " + kept.traceId() + ", where there was " + kept;
  }
}
