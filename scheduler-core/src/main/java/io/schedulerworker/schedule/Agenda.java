package io.schedulerworker.schedule;

import io.schedulerworker.model.CatchUp;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.SchedulePolicy;
import io.schedulerworker.model.SkipReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be decided about a schedule's fires at one moment. It follows from ledger, rule, policy and time alone, so
 * that every process comes to the same.
 */
final class Agenda {
  /** How late a fire may be and yet not count as missed. */
  static final Duration LATE = Duration.ofSeconds(60);

  private static final String TOO_OLD = "longer ago than the catch-up window";
  private static final String MADE_UP_FOR = "the fire after it came at its time, and is a job";

  private final Ledger before;
  private final FireTimes times;
  private final SchedulePolicy policy;
  private final Instant now;

  /** What was due before this has missed its time. */
  private final Instant onTimeFrom;

  private final String by;
  private final List<Fate> fixed = new ArrayList<>();
  private final List<Owed> owing = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private Instant until;
  private @Nullable Instant onTime;

  /**
   * Something that was decided about several fires, to be told.
   *
   * @param reason why they are let go; null if they are put off
   * @param cause why they are put off; null if they are let go
   * @param count how many
   * @param last the newest of them
   */
  record Note(@Nullable SkipReason reason, Owed.@Nullable Cause cause, int count, Instant last) {}

  private Agenda(
      Ledger before,
      FireTimes times,
      SchedulePolicy policy,
      Instant now,
      Duration lead,
      String by) {
    this.before = before;
    this.times = times;
    this.policy = policy;
    this.now = now;
    this.onTimeFrom = now.minus(LATE).minus(lead);
    this.by = by;
    this.until = before.settledUntil();
  }

  /**
   * Of one moment.
   *
   * @param lead by how much another clock that may be right is behind: what is late here may be due there
   * @param by the process that decides
   */
  static Agenda of(
      Ledger ledger,
      FireTimes times,
      SchedulePolicy policy,
      Instant now,
      Duration lead,
      String by) {
    Agenda agenda = new Agenda(ledger, times, policy, now, lead, by);
    agenda.decide();
    return agenda;
  }

  private void decide() {
    Passed missed = new Passed();
    Passed paused = new Passed();
    Optional<Instant> next = times.next(before.openAfter());
    while (next.isPresent() && isPassed(next.get(), missed, paused)) {
      until = next.get();
      next = times.next(until);
    }
    expire();
    decide(missed, policy.catchUp(), Owed.Cause.MISSED);
    decide(paused, policy.afterPause(), Owed.Cause.PAUSED);
    fixed.sort(Comparator.comparing(Fate::fireTime));
    owing.sort(Comparator.comparing(Owed::fireTime));
  }

  /** Sorts a fire in; false at the first that is not due yet, or due just now. */
  private boolean isPassed(Instant fireTime, Passed missed, Passed paused) {
    Instant due = times.due(fireTime);
    if (due.isAfter(now)) {
      return false;
    }
    if (isInPause(due)) {
      paused.add(fireTime);
    } else if (due.isBefore(onTimeFrom)) {
      missed.add(fireTime);
    } else {
      onTime = fireTime;
      return false;
    }
    return true;
  }

  /** A fire that was still on time when the pause began, by whoever's clock, belongs to the pause. */
  private boolean isInPause(Instant due) {
    Instant since = before.pausedSince();
    Instant at = due.plus(LATE);
    boolean paused = since != null && (!at.isBefore(since) || !due.isBefore(onTimeFrom));
    return paused
        || before.pauses().stream()
            .anyMatch(pause -> !at.isBefore(pause.from()) && !due.isAfter(pause.to()));
  }

  /** What has waited for too long is let go. The fires of a pause are owed however long it was. */
  private void expire() {
    for (Owed owed : before.owed()) {
      if (isMadeUpForByAnother(owed)) {
        letGo(owed, reason(owed.cause()), MADE_UP_FOR);
      } else if (owed.cause() != Owed.Cause.PAUSED && isBeyondWindow(owed.fireTime())) {
        letGo(owed, SkipReason.WINDOW_OVER, TOO_OLD);
      } else {
        owing.add(owed);
      }
    }
  }

  private boolean isMadeUpForByAnother(Owed owed) {
    Instant other = owed.unless();
    return other != null && before.fate(other).filter(fate -> fate.job() != null).isPresent();
  }

  private static SkipReason reason(Owed.Cause cause) {
    return cause == Owed.Cause.PAUSED ? SkipReason.PAUSED : SkipReason.WINDOW_OVER;
  }

  private boolean isBeyondWindow(Instant fireTime) {
    return fireTime.isBefore(now.minus(policy.catchUpWindow()));
  }

  private void letGo(Owed owed, SkipReason reason, String detail) {
    fixed.add(Fate.skipped(owed.fireTime(), reason, detail, by).late(owed.cause()));
    notes.add(new Note(reason, null, 1, owed.fireTime()));
  }

  private void decide(Passed passed, CatchUp which, Owed.Cause cause) {
    if (passed.isEmpty()) {
      return;
    }
    SkipReason reason = reason(cause);
    List<Instant> kept = newest(eligible(passed, cause), most(which));
    dropOlder(kept, which, cause, reason);
    List<Instant> gone = new ArrayList<>(passed.remembered());
    gone.removeAll(kept);
    newest(gone, Passed.LISTED).forEach(time -> fixed.add(Fate.skipped(time, reason, null, by)));
    Instant unless = which == CatchUp.ONCE ? onTime : null;
    kept.forEach(time -> owing.add(new Owed(time, cause, notBefore(time), unless)));
    note(passed, kept, gone, cause, reason);
  }

  private List<Instant> eligible(Passed passed, Owed.Cause cause) {
    return passed.remembered().stream()
        .filter(time -> cause == Owed.Cause.PAUSED || !isBeyondWindow(time))
        .toList();
  }

  private static int most(CatchUp which) {
    return switch (which) {
      case NONE -> 0;
      case ONCE -> 1;
      case ALL -> CatchUp.MOST;
    };
  }

  /** Of those that are owed already and of these, the newest stay. */
  private void dropOlder(List<Instant> kept, CatchUp which, Owed.Cause cause, SkipReason reason) {
    List<Owed> before = owing.stream().filter(owed -> owed.cause() == cause).toList();
    int tooMany = kept.isEmpty() ? 0 : before.size() + kept.size() - most(which);
    before.stream().limit(Math.max(0, tooMany)).forEach(owed -> {
      owing.remove(owed);
      letGo(owed, reason, "newer ones are made up for");
    });
  }

  private static <T> List<T> newest(List<T> oldestFirst, int most) {
    return oldestFirst.subList(Math.max(0, oldestFirst.size() - most), oldestFirst.size());
  }

  private Instant notBefore(Instant fireTime) {
    return now.plus(times.spread(policy.catchUpSpread(), fireTime));
  }

  private void note(
      Passed passed, List<Instant> kept, List<Instant> gone, Owed.Cause cause, SkipReason reason) {
    if (passed.count() > kept.size()) {
      Instant last = gone.isEmpty() ? passed.last() : gone.get(gone.size() - 1);
      notes.add(new Note(reason, null, passed.count() - kept.size(), last));
    }
    if (!kept.isEmpty()) {
      notes.add(new Note(null, cause, kept.size(), kept.get(kept.size() - 1)));
    }
  }

  /** The ledger with what is let go and what is put off; the same as before if there is neither. */
  Ledger ledger() {
    return isEmpty() ? before : before.decided(until, newest(fixed, Passed.LISTED), owing);
  }

  /** Whether nothing is let go and nothing put off. */
  boolean isEmpty() {
    return notes.isEmpty();
  }

  /** What to tell once the ledger is stored. */
  List<Note> notes() {
    return notes;
  }

  /** The fire whose turn it is now, once the ledger is stored; those after it have theirs then. */
  Optional<Instant> onTime() {
    return Optional.ofNullable(onTime);
  }
}
