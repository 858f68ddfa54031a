package io.schedulerworker.schedule;

import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.job.Fates;
import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The ledgers of this process's schedules in JOBS_KV. A ledger changes by compare-and-set alone, and a settled fire is
 * never opened again, so that any number of processes come to one fate for each fire. Thread-safe; blocks.
 */
public final class Ledgers implements Fates {
  private static final String REDEFINED = "the schedule was changed before it had its fate";

  private final KvStore store;
  private final Map<ScheduleId, Schedule> schedules;
  private final String owner;
  private final Clock clock;

  /**
   * Of some schedules.
   *
   * @param store JOBS_KV
   * @param schedules what this process fires, by id; copied
   * @param owner the name of this process
   * @param clock the time
   */
  public Ledgers(KvStore store, Map<ScheduleId, Schedule> schedules, String owner, Clock clock) {
    this.store = store;
    this.schedules = Map.copyOf(schedules);
    this.owner = owner;
    this.clock = clock;
  }

  /**
   * The ledger of a schedule that begins: makes it at first sight, and puts this definition in force.
   *
   * @param since when the schedule began here: what falls due until the store is reached is owed
   */
  Ledger open(Schedule schedule, Instant since, Deadline deadline) {
    while (true) {
      Optional<Stored> found = find(schedule.id(), deadline);
      if (found.isPresent() && found.get().ledger().isOf(schedule)) {
        return found.get().ledger();
      }
      Optional<Ledger> opened = found.isPresent()
          ? replace(
              schedule.id(),
              found.get(),
              redefined(found.get().ledger(), schedule, since),
              deadline)
          : create(schedule, since, deadline);
      if (opened.isPresent()) {
        return opened.get();
      }
    }
  }

  private Ledger redefined(Ledger before, Schedule schedule, Instant since) {
    List<Fate> open = DueFires.of(before, since).all().stream()
        .map(time -> Fate.skipped(time, SkipReason.WINDOW_OVER, REDEFINED, owner))
        .toList();
    return before.settled(open).redefined(schedule, since);
  }

  /** The ledger as it is; a ledger that somebody deleted begins anew. */
  Ledger read(Schedule schedule, Deadline deadline) {
    Optional<Stored> found = find(schedule.id(), deadline);
    return found.isPresent() ? found.get().ledger() : open(schedule, clock.now(), deadline);
  }

  /** Fixes that fires make no jobs, those of them that are still open; false if all have their fates. */
  boolean letGo(Schedule schedule, List<Instant> fireTimes, Deadline deadline) {
    Instant last = fireTimes.get(fireTimes.size() - 1);
    return change(schedule.id(), ledger -> letGo(ledger, schedule, fireTimes), deadline)
        .flatMap(ledger -> ledger.fate(last))
        .filter(fate -> fate.by().equals(owner))
        .isPresent();
  }

  private Ledger letGo(Ledger ledger, Schedule schedule, List<Instant> fireTimes) {
    List<Fate> fates = fireTimes.stream()
        .filter(time -> !ledger.isSettled(time))
        .map(time -> Fate.skipped(time, SkipReason.WINDOW_OVER, null, owner))
        .toList();
    return ledger.isOf(schedule) ? ledger.settled(fates) : ledger;
  }

  @Override
  public boolean claim(Fire fire, TraceId traceId, String claimant, Deadline deadline) {
    Fate wanted = Fate.job(fireTime(fire), traceId, claimant);
    return settle(fire, wanted, deadline).filter(wanted::equals).isPresent();
  }

  @Override
  public boolean skip(Fire fire, NoJobException why, Deadline deadline) {
    Instant time = fireTime(fire);
    Optional<Ledger> before = find(fire.schedule(), deadline).map(Stored::ledger);
    if (before.filter(ledger -> !ledger.isSettled(time)).isEmpty()) {
      return false;
    }
    Fate wanted = Fate.skipped(time, why.reason(), why.getMessage(), owner);
    return settle(fire, wanted, deadline).filter(wanted::equals).isPresent();
  }

  /** Gives a fire its fate if its turn has come; then the one that it has, if that is still known. */
  private Optional<Fate> settle(Fire fire, Fate wanted, Deadline deadline) {
    Instant time = wanted.fireTime();
    return change(
            fire.schedule(),
            ledger ->
                isNext(ledger, fire.schedule(), time) ? ledger.settled(List.of(wanted)) : ledger,
            deadline)
        .flatMap(ledger -> ledger.fate(time));
  }

  /**
   * Whether a fire is the next one without a fate. A claim that is finished late may be of a fire that the definition in
   * force does not have, or that has others before it: those must not be passed over.
   */
  private boolean isNext(Ledger ledger, ScheduleId id, Instant time) {
    Schedule ours = schedules.get(id);
    return ours != null
        && ledger.isOf(ours)
        && DueFires.next(CronExpression.parse(ours.cron()), ours.zone(), ledger.openAfter())
            .filter(time::equals)
            .isPresent();
  }

  private static Instant fireTime(Fire fire) {
    return Objects.requireNonNull(fire.fireTime(), "a fire by hand has no fate");
  }

  @Override
  public Optional<KpiSelection> selection(ScheduleId schedule) {
    return Optional.ofNullable(schedules.get(schedule)).map(Schedule::selection);
  }

  /** Changes a ledger by compare-and-set; the ledger as it then is, empty if there is none. */
  private Optional<Ledger> change(
      ScheduleId id, Function<Ledger, Ledger> change, Deadline deadline) {
    while (true) {
      Optional<Stored> found = find(id, deadline);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Ledger before = found.get().ledger();
      Ledger after = change.apply(before);
      if (after.equals(before) || replace(id, found.get(), after, deadline).isPresent()) {
        return Optional.of(after);
      }
    }
  }

  private Optional<Stored> find(ScheduleId id, Deadline deadline) {
    return store
        .get(Ledger.key(id), deadline)
        .map(entry -> new Stored(LedgerJson.read(entry.value()), entry.version()));
  }

  private Optional<Ledger> create(Schedule schedule, Instant since, Deadline deadline) {
    Ledger first = Ledger.of(schedule, since);
    return store
        .putIfAbsent(Ledger.key(schedule.id()), LedgerJson.write(first), Ttl.NONE, deadline)
        .map(version -> first);
  }

  private Optional<Ledger> replace(ScheduleId id, Stored known, Ledger next, Deadline deadline) {
    return store
        .replaceIfUnchanged(
            Ledger.key(id), LedgerJson.write(next), known.version(), Ttl.NONE, deadline)
        .map(version -> next);
  }

  /** A ledger with the version that it has in the store. */
  private record Stored(Ledger ledger, Version version) {}
}
