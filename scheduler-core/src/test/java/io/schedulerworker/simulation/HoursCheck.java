package io.schedulerworker.simulation;

import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.HoursOfDay;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.SchedulePolicy;
import io.schedulerworker.simulation.Histories.LeaseChange;
import io.schedulerworker.simulation.SimStore.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/** Where hours are set, no job that makes up for a fire begins outside of them, by whatever clock that may be right. */
final class HoursCheck implements Check {
  /** From a look at the ledger to the job that follows from it. */
  private static final Duration JUDGING = Duration.ofSeconds(70);

  private static final Duration ON_TIME = Duration.ofMinutes(1);

  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    end.histories().ledgers().values().stream()
        .map(changes -> changes.get(changes.size() - 1))
        .filter(last -> last.after() != null)
        .flatMap(last -> LedgerJson.read(last.after()).fates().stream())
        .filter(HoursCheck::isMadeUp)
        .forEach(fate -> check(run, fate, end.histories().leases(fate.job()), fault));
  }

  private static boolean isMadeUp(Fate fate) {
    return fate.job() != null
        && (fate.late() == Owed.Cause.MISSED || fate.late() == Owed.Cause.PAUSED);
  }

  private static void check(Run run, Fate fate, List<LeaseChange> leases, Consumer<String> fault) {
    if (leases.isEmpty()) {
      return;
    }
    LeaseChange claim = lastClaim(leases);
    Change change = claim.change();
    HoursOfDay hours = change
        .by()
        .policy(claim.after().fire().schedule())
        .map(SchedulePolicy::catchUpHours)
        .orElse(null);
    Instant time = World.START.plusNanos(change.time());
    boolean excused = change.by().wasFarOff()
        || run.incidents.hit(change.by(), change.time() - JUDGING.toNanos(), change.time());
    boolean onTime = isOnTime(claim.after().fire().fireTime(), change);
    if (hours != null && !excused && !onTime && isOutside(hours, time)) {
      fault.accept(fate + " begins at " + Trace.time(change.time()) + ", outside of " + hours);
    }
  }

  /** Where clocks are minutes apart, one process may be about to begin on time what another has just noted as missed. */
  private static boolean isOnTime(Instant fireTime, Change change) {
    Instant there =
        World.START.plusNanos(change.time()).plus(change.by().wallOffset(change.time()));
    return Duration.between(fireTime, there).abs().compareTo(ON_TIME) <= 0;
  }

  /** An earlier one may have been of a fire that was on time, and was given up. */
  private static LeaseChange lastClaim(List<LeaseChange> leases) {
    return leases.stream()
        .filter(each -> each.before() == null && !each.after().recorded())
        .reduce((one, next) -> next)
        .orElse(leases.get(0));
  }

  private static boolean isOutside(HoursOfDay hours, Instant time) {
    Instant first = time.minus(Cluster.MOST_OFF).minus(JUDGING);
    Instant last = time.plus(Cluster.MOST_OFF);
    for (Instant at = first; at.isBefore(last); at = at.plusSeconds(1)) {
      if (hours.contains(LocalTime.ofInstant(at, ZoneOffset.UTC))) {
        return false;
      }
    }
    return true;
  }
}
