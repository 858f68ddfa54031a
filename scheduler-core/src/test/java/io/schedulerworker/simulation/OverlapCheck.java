package io.schedulerworker.simulation;

import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Overlap;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SchedulePolicy;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.simulation.Histories.LeaseChange;
import io.schedulerworker.simulation.SimStore.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A schedule whose jobs may not overlap has one job at a time, and a fire is skipped only where there was one. */
final class OverlapCheck implements Check {
  /** From a look at the leases to the write that follows from it. */
  private static final long JUDGING = 70_000_000_000L;

  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    end.histories().ledgers().forEach((key, changes) -> {
      ScheduleId id = new ScheduleId(key.substring("schedule:".length()));
      for (Change change : changes) {
        for (Fate fate : added(change)) {
          check(
              end,
              id,
              change,
              fate,
              text -> fault.accept(key + " at " + Trace.time(change.time()) + ": " + text));
        }
      }
    });
  }

  private static List<Fate> added(Change change) {
    if (change.after() == null || change.before() == null) {
      return List.of();
    }
    List<Fate> added = new ArrayList<>(LedgerJson.read(change.after()).fates());
    added.removeAll(LedgerJson.read(change.before()).fates());
    return added;
  }

  private static void check(
      End end, ScheduleId id, Change change, Fate fate, Consumer<String> fault) {
    Optional<SchedulePolicy> policy = change.by().policy(id);
    if (fate.job() != null && policy.isPresent() && policy.get().overlap() != Overlap.ALLOW) {
      other(end, id, fate.job(), change, change.time())
          .filter(other -> isRecorded(end, other, change))
          .ifPresent(other -> fault.accept(fate + " begins beside " + other));
    }
    if (fate.reason() == SkipReason.OVERLAP
        && other(end, id, null, change, change.time() - JUDGING).isEmpty()) {
      fault.accept(fate + ", and there was no other job");
    }
  }

  /** Another job of the schedule whose lease was there from some moment on, up to the change. */
  private static Optional<TraceId> other(
      End end, ScheduleId id, TraceId but, Change change, long from) {
    return end.histories().leases().entrySet().stream()
        .filter(each -> !each.getKey().equals(but))
        .filter(each -> isOf(id, each.getValue()) && isHeld(each.getValue(), change, from))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** A mere claim may still find out that it has to stand back. */
  private static boolean isRecorded(End end, TraceId other, Change change) {
    return end.histories().jobs().getOrDefault(other, List.of()).stream()
        .anyMatch(each -> each.number() < change.number());
  }

  private static boolean isOf(ScheduleId id, List<LeaseChange> changes) {
    return changes.stream()
        .anyMatch(each -> each.after() != null && each.after().fire().schedule().equals(id));
  }

  private static boolean isHeld(List<LeaseChange> changes, Change change, long from) {
    boolean held = false;
    boolean heldSince = false;
    for (LeaseChange each : changes) {
      if (each.change().number() > change.number()) {
        break;
      }
      held = each.after() != null;
      heldSince |= each.change().time() >= from;
    }
    return held || (heldSince && from < change.time());
  }
}
