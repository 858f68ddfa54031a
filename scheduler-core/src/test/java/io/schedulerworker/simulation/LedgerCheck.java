package io.schedulerworker.simulation;

import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.simulation.SimStore.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One fate per fire: none is changed, lost or left out, and in the end none is owed. */
final class LedgerCheck implements Check {
  /** How long after its time a fire may still be open, without any trouble. */
  private static final Duration LATENESS = Duration.ofSeconds(60);

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
      step(LedgerJson.read(change.before()), after, fault);
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
    List<Instant> owed =
        fires(before, before.openAfter(), redefined ? after.since() : after.settledUntil());
    if (redefined && added.stream().anyMatch(fate -> fate.job() != null)) {
      fault.accept("fires of the definition before became jobs: " + added);
    }
    List<Instant> settled = added.stream().map(Fate::fireTime).toList();
    if (!settled.equals(owed)) {
      fault.accept("settled " + settled + ", where " + owed + " were open");
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
    if (open.isBefore(end.calmUntil().minus(LATENESS))) {
      fault.accept("the fire at " + open + " has no fate at " + end.calmUntil());
    }
    List<Fate> fresh = new ArrayList<>(ledger.fates());
    fresh.removeAll(LedgerJson.read(end.settledState().getOrDefault(key(schedule), text)).fates());
    for (Fate fate : fresh) {
      if (fate.reason() == SkipReason.WINDOW_OVER) {
        fault.accept("all was well, and yet: " + fate);
      }
    }
  }

  private static String key(Schedule schedule) {
    return Ledger.key(schedule.id());
  }
}
