package io.schedulerworker.simulation;

import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.CatchUp;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SchedulePolicy;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.simulation.SimStore.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who decides about a fire does so by the policy and by the clock: none is let go by a process that was there at its time,
 * none comes as if on time long after it, and with {@code once} one of those that are let go stays owed.
 */
final class TurnCheck implements Check {
  /** How late a fire may be and yet be on time. */
  private static final Duration LATE = Duration.ofSeconds(60);

  /** From a decision to the write that follows from it, without any trouble. */
  private static final Duration JUDGING = Duration.ofSeconds(15);

  /** Whoever is well for all of its time but so much at the beginning fires a fire. */
  private static final Duration AT_FIRST = Duration.ofSeconds(10);

  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    end.histories().ledgers().forEach((key, changes) -> {
      ScheduleId id = new ScheduleId(key.substring(Ledger.KEY_PREFIX.length()));
      for (Change change : changes) {
        if (change.before() != null && change.after() != null) {
          step(
              new Step(run, end, id, changes, change),
              text -> fault.accept(key + " at " + Trace.time(change.time()) + ": " + text));
        }
      }
    });
  }

  /** One change of a ledger among all of it. */
  private record Step(Run run, End end, ScheduleId id, List<Change> changes, Change change) {
    Incarnation by() {
      return change.by();
    }

    Ledger before() {
      return LedgerJson.read(change.before());
    }

    Ledger after() {
      return LedgerJson.read(change.after());
    }

    List<Fate> added() {
      List<Fate> added = new ArrayList<>(after().fates());
      added.removeAll(before().fates());
      return added;
    }

    /** When the clock of the process showed a time, or shows it, if it was never set. */
    long when(Instant wall) {
      return change.time() - Duration.between(wall, change.wall()).toNanos();
    }
  }

  private static void step(Step step, Consumer<String> fault) {
    Ledger before = step.before();
    Ledger after = step.after();
    Optional<SchedulePolicy> policy = step.by().policy(step.id);
    if (policy.isEmpty() || !before.definition().equals(after.definition())) {
      return;
    }
    once(step, policy.get(), fault);
    for (Fate fate : step.added()) {
      if (fate.job() != null && fate.late() == null && isLongAgo(step, fate)) {
        fault.accept("comes as if it were on time, at " + step.change.wall() + ": " + fate);
      }
      if (isLetGoAsMissed(fate) && policy.get().jitter().isZero()) {
        if (wasThere(step, fate.fireTime())) {
          fault.accept(step.by() + " was there, and yet: " + fate);
        }
        step.by().clockSets().stream()
            .filter(set -> isPassedOver(set, step, fate.fireTime()))
            .forEach(set -> fault.accept("the clock was " + set + ", and so: " + fate));
      }
    }
  }

  private static void once(Step step, SchedulePolicy policy, Consumer<String> fault) {
    List<Fate> missed = step.added().stream()
        .filter(TurnCheck::isLetGoAsMissed)
        .filter(fate -> fate.fireTime().isAfter(step.change.wall().minus(policy.catchUpWindow())))
        .toList();
    if (policy.catchUp() == CatchUp.ONCE && !missed.isEmpty() && !owes(step, Owed.Cause.MISSED)) {
      fault.accept("none of these is made up for: " + missed);
    }
    List<Fate> paused = step.added().stream()
        .filter(fate -> fate.reason() == SkipReason.PAUSED && fate.late() == null)
        .toList();
    if (policy.afterPause() == CatchUp.ONCE
        && !paused.isEmpty()
        && !owes(step, Owed.Cause.PAUSED)) {
      fault.accept("none of these is made up for: " + paused);
    }
  }

  private static boolean owes(Step step, Owed.Cause cause) {
    return step.after().owed().stream().anyMatch(owed -> owed.cause() == cause);
  }

  private static boolean isLetGoAsMissed(Fate fate) {
    return fate.reason() == SkipReason.WINDOW_OVER && fate.late() == null && fate.detail() == null;
  }

  /** Where there was one process at a time, no other clock can be one that may be right. */
  private static boolean isLongAgo(Step step, Fate fate) {
    Duration lateness = Duration.between(fate.fireTime(), step.change.wall());
    long from = step.change.time() - LATE.plus(JUDGING).toNanos();
    return step.by().wasAlone(step.change.time())
        && lateness.compareTo(LATE.plus(JUDGING)) > 0
        && !step.run.incidents.hit(step.by(), from, step.change.time())
        && step.run.incidents.all().stream().noneMatch(each -> each.what().equals("a late write"));
  }

  /** Whether nothing kept the process from firing it, which fired the schedule before. */
  private static boolean wasThere(Step step, Instant fireTime) {
    long from = step.when(fireTime.plus(AT_FIRST));
    long to = step.when(fireTime.plus(LATE));
    boolean isFirst =
        step.changes.stream().noneMatch(each -> each.by() == step.by() && each.time() < from);
    boolean isClaimed = !step.end.histories().leases(jobOf(step, fireTime)).isEmpty();
    boolean isChanged = step.changes.stream()
        .filter(each -> each.time() > from - LATE.toNanos() && each.number() < step.change.number())
        .anyMatch(each -> each.before() == null
            || !LedgerJson.read(each.before()).definition().equals(step.before().definition()));
    return !isFirst
        && !isClaimed
        && !isChanged
        && !step.run.incidents.hit(step.by(), from, to)
        && step.by().clockSets().stream().noneMatch(set -> set.time() >= from - LATE.toNanos())
        && step.run.cluster.all().stream().noneMatch(Incarnation::wasFarOff);
  }

  private static TraceId jobOf(Step step, Instant fireTime) {
    return new Fire(step.id, step.before().cron(), fireTime).traceId(0);
  }

  /** Whether it was not due before the clock was set, nor on time for as long as it might have been since. */
  private static boolean isPassedOver(ClockSet set, Step step, Instant fireTime) {
    Instant before = World.START.plusNanos(set.time()).plus(set.from());
    long since = step.change.time() - set.time();
    return !step.by().wasFarOff()
        && fireTime.isAfter(before)
        && since >= 0
        && since < LATE.minusSeconds(2).toNanos();
  }
}
