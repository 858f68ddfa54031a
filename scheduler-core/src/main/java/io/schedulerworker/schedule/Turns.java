package io.schedulerworker.schedule;

import io.schedulerworker.model.HoursOfDay;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Overlap;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.SchedulePolicy;
import io.schedulerworker.model.TraceId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When those that are owed have their turns: one after the other, the oldest first. */
final class Turns {
  private final SchedulePolicy policy;
  private final ZoneId zone;

  Turns(SchedulePolicy policy, ZoneId zone) {
    this.policy = policy;
    this.zone = zone;
  }

  /** Those who may have their turn at a moment, as far as other jobs let them. */
  List<Owed> at(Instant now, Ledger ledger) {
    if (ledger.pausedSince() != null) {
      return List.of();
    }
    Stream<Owed> queued = ledger.owed().stream().filter(Turns::isQueued).limit(1);
    Stream<Owed> passed = ledger.owed().stream()
        .filter(owed -> !isQueued(owed) && !mayBeNeedless(owed, ledger))
        .limit(1)
        .filter(owed -> isWithinHours(now));
    return Stream.concat(queued, passed)
        .filter(owed -> !owed.notBefore().isAfter(now))
        .toList();
  }

  private static boolean isQueued(Owed owed) {
    return owed.cause() == Owed.Cause.OVERLAP;
  }

  /** Whether the fire that came at its time when it was put off may yet become a job. */
  private static boolean mayBeNeedless(Owed owed, Ledger ledger) {
    Instant other = owed.unless();
    return other != null && !ledger.isSettled(other);
  }

  private boolean isWithinHours(Instant now) {
    HoursOfDay hours = policy.catchUpHours();
    return hours == null || hours.contains(now.atZone(zone).toLocalTime());
  }

  /** Whether the jobs that are going on let it have its turn. */
  boolean isFree(Owed owed, Ledger ledger, List<TraceId> goingOn) {
    if (isQueued(owed) || policy.overlap() != Overlap.ALLOW) {
      return goingOn.isEmpty();
    }
    Optional<TraceId> last = ledger.lastMadeUp();
    return last.isEmpty() || !goingOn.contains(last.get());
  }
}
