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
import java.util.function.Predicate;
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
    agenda.decideAll();
    return agenda;
  }

  private void decideAll() {
    Passed missed = new Passed();
    Passed paused = new Passed();
    Optional<Instant> next = times.next(before.openAfter());
    while (next.isPresent() && sortIn(next.get(), missed, paused)) {
      until = next.get();
      next = times.next(until);
    }
    expire();
    decideAbout(missed, policy.catchUp(), Owed.Cause.MISSED);
    decideAbout(paused, policy.afterPause(), Owed.Cause.PAUSED);
    fixed.sort(Comparator.comparing(Fate::fireTime));
  }

  /** Puts a fire that has passed with those of its kind; false at the first that is not due yet, or due just now. */
  private boolean sortIn(Instant fireTime, Passed missed, Passed paused) {
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
    owing.addAll(before.owed());
    for (Owed.Cause cause : Owed.Cause.values()) {
      letGo(owing(cause, this::isMadeUpForByAnother), reason(cause), MADE_UP_FOR);
      if (cause != Owed.Cause.PAUSED) {
        letGo(owing(cause, owed -> isBeyondWindow(owed.fireTime())), reason(cause), TOO_OLD);
      }
    }
  }

  private List<Owed> owing(Owed.Cause cause, Predicate<Owed> which) {
    return owing.stream().filter(owed -> owed.cause() == cause).filter(which).toList();
  }

  private boolean isMadeUpForByAnother(Owed owed) {
    Instant other = owed.unless();
    return other != null
        && before.fate(other).filter(fate -> fate.job() != null).isPresent();
  }

  private static SkipReason reason(Owed.Cause cause) {
    return cause == Owed.Cause.PAUSED ? SkipReason.PAUSED : SkipReason.WINDOW_OVER;
  }

  private boolean isBeyondWindow(Instant fireTime) {
    return fireTime.isBefore(now.minus(policy.catchUpWindow()));
  }

  /** They are owed no more. */
  private void letGo(List<Owed> gone, SkipReason reason, String detail) {
    if (gone.isEmpty()) {
      return;
    }
    owing.removeAll(gone);
    gone.stream()
        .map(owed -> Fate.skipped(owed.fireTime(), reason, detail, by).late(owed.cause()))
        .forEach(fixed::add);
    notes.add(new Note(reason, null, gone.size(), gone.get(gone.size() - 1).fireTime()));
  }

  private void decideAbout(Passed passed, CatchUp which, Owed.Cause cause) {
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
    List<Owed> earlier = owing(cause, owed -> true);
    int tooMany = kept.isEmpty() ? 0 : earlier.size() + kept.size() - most(which);
    List<Owed> gone = earlier.stream().limit(Math.max(0, tooMany)).toList();
    letGo(gone, reason, "newer ones are made up for");
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
