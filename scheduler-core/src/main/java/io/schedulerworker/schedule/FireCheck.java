package io.schedulerworker.schedule;

import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.Schedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds the fires that a rule names against what its ledger says of them. It goes by nothing that those who fire go by but
 * the rule and the ledger.
 */
public final class FireCheck {
  /** Of more, the first are counted: a schedule that has been silent for long is silent. */
  private static final int MOST = 1_000;

  /**
   * How many of the last fates are known to be complete from their first on-time job on: a ledger drops and leaves out
   * fates, but never one that was fixed after these.
   */
  private static final int COMPLETE = 40;

  private final Ledger ledger;
  private final FireTimes times;
  private final Instant from;
  private final Instant until;
  private final Set<Instant> known;
  private final List<Instant> overdue = new ArrayList<>();
  private final List<Instant> lost = new ArrayList<>();
  private int expected;

  private FireCheck(Ledger ledger, FireTimes times, Instant from, Instant until) {
    this.ledger = ledger;
    this.times = times;
    this.from = from;
    this.until = until;
    this.known = known(ledger);
  }

  /**
   * Checks one schedule.
   *
   * @param ledger what is known of its fires; read after {@code until} was current
   * @param schedule as it is defined here; where the ledger has another definition, that one counts
   * @param from what is settled and older is not looked at
   * @param until fires that were due by then should be decided about
   * @return what was found; empty if the rule in the ledger is of another dialect, or its zone has other rules here
   */
  public static Optional<FireCheck> of(
      Ledger ledger, Schedule schedule, Instant from, Instant until) {
    if (ledger.isDefinedAs(schedule) && !ledger.isOf(schedule)) {
      return Optional.empty();
    }
    Optional<FireTimes> times = ledger.isOf(schedule)
        ? Optional.of(FireTimes.of(schedule))
        : timesInForce(ledger, schedule);
    return times.map(inForce -> {
      Instant begin = later(from, completeAfter(ledger));
      // What is undecided stays so, however long ago it was due.
      Instant open = ledger.openAfter();
      FireCheck check = new FireCheck(ledger, inForce, begin.isBefore(open) ? begin : open, until);
      check.look();
      return check;
    });
  }

  /** Another process may spread its fires over some more time than this one would. */
  private static Optional<FireTimes> timesInForce(Ledger ledger, Schedule schedule) {
    try {
      CronExpression cron = CronExpression.parse(ledger.cron());
      Duration jitter = schedule.policy().jitter();
      return Optional.of(new FireTimes(schedule.id(), cron, ZoneId.of(ledger.zone()), jitter));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * What came after this has its fate in the ledger, if it has one at all. The job of a fire that came at its time is fixed
   * at about that time, so whatever was fixed of a later fire stands behind it.
   */
  private static Instant completeAfter(Ledger ledger) {
    List<Fate> fates = ledger.fates();
    return fates.subList(Math.max(0, fates.size() - COMPLETE), fates.size()).stream()
        .filter(fate -> fate.job() != null && fate.late() == null)
        .map(Fate::fireTime)
        .min(Instant::compareTo)
        .map(first -> later(first, ledger.since()))
        .orElseGet(ledger::openAfter);
  }

  private static Set<Instant> known(Ledger ledger) {
    Set<Instant> known =
        ledger.fates().stream().map(Fate::fireTime).collect(Collectors.toCollection(HashSet::new));
    ledger.owed().stream().map(Owed::fireTime).forEach(known::add);
    return known;
  }

  private void look() {
    Optional<Instant> next = times.next(from);
    while (next.isPresent() && expected < MOST && !times.due(next.get()).isAfter(until)) {
      expected++;
      sortIn(next.get());
      next = times.next(next.get());
    }
  }

  private void sortIn(Instant fireTime) {
    if (known.contains(fireTime) || isInPause(times.due(fireTime))) {
      return;
    }
    (fireTime.isAfter(ledger.openAfter()) ? overdue : lost).add(fireTime);
  }

  /** What is paused is decided about when the pause is over, or before. */
  private boolean isInPause(Instant due) {
    Instant onTimeUntil = due.plus(Agenda.LATE);
    Instant since = ledger.pausedSince();
    return (since != null && !onTimeUntil.isBefore(since))
        || ledger.pauses().stream()
            .anyMatch(pause -> !onTimeUntil.isBefore(pause.from()) && !due.isAfter(pause.to()));
  }

  /**
   * How many fires the rule names.
   *
   * @return 1 000 at most
   */
  public int expected() {
    return expected;
  }

  /**
   * Fires that no process has decided about.
   *
   * @return the oldest first
   */
  public List<Instant> overdue() {
    return List.copyOf(overdue);
  }

  /**
   * Fires that count as settled and of which nothing is known.
   *
   * @return the oldest first
   */
  public List<Instant> lost() {
    return List.copyOf(lost);
  }
}
