package io.schedulerworker.simulation;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.json.StepJson;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Step;
import io.schedulerworker.simulation.Histories.LeaseChange;
import io.schedulerworker.simulation.SimN8n.Start;
import io.schedulerworker.simulation.SimStore.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A KPI is called by who has the lease, and again only by a later owner who could not know of the first call. */
final class RepeatCheck implements Check {
  /** Between a look at the clock and the call, no simulated time passes; this is for rounding alone. */
  private static final long SLACK = 1_000_000;

  /** A lease holds from when its write was begun, which may be so long before it was done. */
  private static final long WRITING = 70_000_000_000L;

  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    Map<String, List<Start>> byKpi = new LinkedHashMap<>();
    for (Start start : run.n8n.starts()) {
      underLease(run, end, start, fault);
      byKpi.computeIfAbsent(start.key(), each -> new ArrayList<>()).add(start);
    }
    byKpi.forEach((kpi, starts) -> {
      starts.sort(Comparator.comparingLong(Start::called));
      if (starts.size() > 1 && run.plan.delivery() == Delivery.AT_MOST_ONCE) {
        fault.accept(kpi + ": called at most once, " + starts.size() + " times");
      }
      for (int i = 1; i < starts.size(); i++) {
        repeat(end, starts.get(i - 1), starts.get(i), text -> fault.accept(kpi + ": " + text));
      }
    });
  }

  private static void underLease(Run run, End end, Start start, Consumer<String> fault) {
    String what = start.traceId() + " " + start.kpiId() + " was called at "
        + Trace.time(start.called()) + " by " + start.by();
    Optional<LeaseChange> last = lastOf(end, start);
    if (last.isEmpty()) {
      fault.accept(what + ", which never had the lease");
      return;
    }
    long renewed = last.get().change().time();
    if (start.called() - renewed > last.get().after().duration().toNanos() + SLACK
        && !run.incidents.sleptUnawares(start.by(), renewed - WRITING, start.called())) {
      fault.accept(what + ", whose lease ended, renewed at " + Trace.time(renewed));
    }
  }

  /** The last write of the lease by who called, before the call. */
  private static Optional<LeaseChange> lastOf(End end, Start start) {
    LeaseChange last = null;
    for (LeaseChange each : end.histories().leases(start.traceId())) {
      if (each.change().time() <= start.called()
          && each.after() != null
          && start.by().ownerIds.contains(each.after().owner())) {
        last = each;
      }
    }
    return Optional.ofNullable(last);
  }

  private static void repeat(End end, Start first, Start second, Consumer<String> fault) {
    Optional<LeaseChange> one = lastOf(end, first);
    Optional<LeaseChange> other = lastOf(end, second);
    if (one.isEmpty() || other.isEmpty()) {
      return;
    }
    int epoch = other.get().after().epoch();
    String when = Trace.time(first.called()) + " and " + Trace.time(second.called());
    if (one.get().after().epoch() == epoch
        && one.get().after().owner().equals(other.get().after().owner())) {
      fault.accept("called twice in epoch " + epoch + ", at " + when);
      return;
    }
    takeover(end, second, epoch)
        .flatMap(taken -> outcomeBefore(end, taken, second))
        .ifPresent(known -> fault.accept(
            "called at " + when + ", although " + known + " was known at the takeover"));
  }

  private static Optional<Change> takeover(End end, Start start, int epoch) {
    return end.histories().leases(start.traceId()).stream()
        .filter(each -> each.after() != null
            && each.after().epoch() == epoch
            && start.by().ownerIds.contains(each.after().owner()))
        .map(LeaseChange::change)
        .findFirst();
  }

  /** What a reader of record and steps would have found out about the KPI when the lease was taken. */
  private static Optional<KpiStatus> outcomeBefore(End end, Change taken, Start start) {
    JobRecord record = null;
    Map<String, Step> steps = new TreeMap<>();
    for (Change change : end.histories().jobs().getOrDefault(start.traceId(), List.of())) {
      if (change.number() > taken.number()) {
        break;
      }
      if (change.key().startsWith(JobRecord.KEY_PREFIX)) {
        record = change.after() == null ? null : JobRecordJson.read(change.after());
      } else if (change.after() == null) {
        steps.remove(change.key());
      } else {
        steps.put(change.key(), StepJson.read(change.after()));
      }
    }
    return record == null ? Optional.empty() : outcome(record, steps, start);
  }

  private static Optional<KpiStatus> outcome(
      JobRecord record, Map<String, Step> steps, Start start) {
    JobRecord joined = record;
    for (Step step : steps.values()) {
      if (step.countsFor(record)) {
        joined = joined.with(step.runs(), joined.updatedAt());
      }
    }
    return Optional.ofNullable(joined.kpis().get(start.kpiId()))
        .filter(run -> run.redrives() == start.drive())
        .map(run -> run.status())
        .filter(status -> status != KpiStatus.PENDING);
  }
}
