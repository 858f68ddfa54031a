package io.schedulerworker.simulation;

import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.simulation.SimStore.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** One fate per fire: none is changed, lost or left out, and in the end none is owed. */
final class LedgerCheck implements Check {
  /** How long after its time a fire may still be open, without any trouble. */
  private static final Duration LATENESS = Duration.ofSeconds(60);

  private static final Duration MOST_JITTER = Duration.ofSeconds(15);

  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    end.histories().ledgers().forEach((key, changes) -> {
      for (Change change : changes) {
        step(change, text -> fault.accept(key + " at " + Trace.time(change.time()) + ": " + text));
      }
    });
    for (Schedule schedule : run.cluster.lastSchedules()) {
      String key = key(schedule);
      caughtUp(schedule, end, text -> fault.accept(key + " in the end: " + text));
    }
  }

  private static void step(Change change, Consumer<String> fault) {
    if (change.after() == null) {
      fault.accept("was deleted");
      return;
    }
    Ledger after = LedgerJson.read(change.after());
    if (change.before() != null) {
      Ledger before = LedgerJson.read(change.before());
      step(before, after, fault);
      if (!before.definition().equals(after.definition())
          && after.since().isBefore(change.by().started().minusSeconds(1))) {
        fault.accept("a new definition owes what was before it: since " + after.since());
      }
    } else if (!after.fates().isEmpty()) {
      fault.accept("is new and has fates: " + after.fates());
    }
  }

  private static void step(Ledger before, Ledger after, Consumer<String> fault) {
    if (after.settledUntil().isBefore(before.settledUntil())) {
      fault.accept(
          "settledUntil went back from " + before.settledUntil() + " to " + after.settledUntil());
    }
    List<Fate> added = new ArrayList<>(after.fates());
    added.removeAll(before.fates());
    for (Fate old : before.fates()) {
      Optional<Fate> still = after.fate(old.fireTime());
      if (still.isPresent() && !still.get().equals(old)) {
        fault.accept("a fire has two fates: " + old + " and " + still.get());
      }
      if (still.isEmpty() && after.fates().size() < Ledger.FATES) {
        fault.accept("a fate was lost: " + old);
      }
    }
    boolean redefined = !before.definition().equals(after.definition());
    if (redefined) {
      if (!after.owed().isEmpty() || added.stream().anyMatch(fate -> fate.job() != null)) {
        fault.accept("fires of the definition before are not let go: " + added + after.owed());
      }
    } else if (!before.since().equals(after.since())) {
      fault.accept("begins anew without a change: " + before.since() + ", " + after.since());
    }
    List<Instant> open =
        fires(before, before.openAfter(), redefined ? after.since() : after.settledUntil());
    before.owed().forEach(owed -> open.add(owed.fireTime()));
    List<Instant> decided = new ArrayList<>(added.stream().map(Fate::fireTime).toList());
    after.owed().forEach(owed -> decided.add(owed.fireTime()));
    Collections.sort(open);
    Collections.sort(decided);
    if (!decided.equals(open)) {
      fault.accept("decided about " + decided + ", where " + open + " were open");
    }
    added.forEach(fate -> added(before, fate, fault));
    if (!redefined) {
      after.owed().forEach(owed -> putOff(before, owed, fault));
    }
  }

  private static void putOff(Ledger before, Owed owed, Consumer<String> fault) {
    boolean isNew = before.owed(owed.fireTime()).isEmpty();
    if (isNew && owed.cause() == Owed.Cause.MISSED && isWithinPause(before, owed.fireTime())) {
      fault.accept("was paused, and is taken for missed: " + owed);
    }
  }

  /** Well within a pause: neither on time before it nor, by its jitter, after it. */
  private static boolean isWithinPause(Ledger ledger, Instant fireTime) {
    Instant since = ledger.pausedSince();
    boolean now = since != null && fireTime.isAfter(since);
    return now
        || ledger.pauses().stream()
            .anyMatch(pause ->
                fireTime.isAfter(pause.from()) && fireTime.isBefore(pause.to().minus(MOST_JITTER)));
  }

  private static void added(Ledger before, Fate fate, Consumer<String> fault) {
    Optional<Owed> owed = before.owed(fate.fireTime());
    if (!Objects.equals(fate.late(), owed.map(Owed::cause).orElse(null))) {
      fault.accept("was " + owed + ", and became " + fate);
    }
    if (fate.reason() == SkipReason.WINDOW_OVER
        && fate.late() == null
        && fate.detail() == null
        && isWithinPause(before, fate.fireTime())) {
      fault.accept("was paused, and is let go as missed: " + fate);
    }
    if (fate.job() != null && before.pausedSince() != null) {
      fault.accept("is paused, and yet: " + fate);
    }
  }

  private static List<Instant> fires(Ledger ledger, Instant after, Instant until) {
    CronExpression cron = CronExpression.parse(ledger.cron());
    List<Instant> fires = new ArrayList<>();
    Instant at = next(cron, ledger.zone(), after);
    while (!at.isAfter(until)) {
      fires.add(at);
      at = next(cron, ledger.zone(), at);
    }
    return fires;
  }

  private static Instant next(CronExpression cron, String zone, Instant after) {
    return cron.nextAfter(after.atZone(ZoneId.of(zone)))
        .map(ZonedDateTime::toInstant)
        .orElse(Instant.MAX);
  }

  private static void caughtUp(Schedule schedule, End end, Consumer<String> fault) {
    String text = end.calmState().get(key(schedule));
    if (text == null) {
      fault.accept("there is none");
      return;
    }
    Ledger ledger = LedgerJson.read(text);
    if (!ledger.isOf(schedule)) {
      fault.accept("has \"" + ledger.cron() + "\", not \"" + schedule.cron() + "\"");
      return;
    }
    Instant open = next(CronExpression.parse(ledger.cron()), ledger.zone(), ledger.openAfter());
    if (open.isBefore(end.calmUntil().minus(LATENESS).minus(MOST_JITTER))) {
      fault.accept("the fire at " + open + " has no fate at " + end.calmUntil());
    }
    List<Fate> fresh = new ArrayList<>(ledger.fates());
    fresh.removeAll(
        LedgerJson.read(end.settledState().getOrDefault(key(schedule), text)).fates());
    for (Fate fate : fresh) {
      if (fate.reason() == SkipReason.WINDOW_OVER && fate.late() == null) {
        fault.accept("all was well, and yet: " + fate);
      }
    }
  }

  private static String key(Schedule schedule) {
    return Ledger.key(schedule.id());
  }
}
