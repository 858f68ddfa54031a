package io.schedulerworker.schedule;

import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.job.Fates;
import io.schedulerworker.job.UnderWay;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.Overlap;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers of this process's schedules in JOBS_KV. A ledger changes by compare-and-set alone, and a settled fire is
 * never opened again, so that any number of processes come to one fate for each fire. Thread-safe; blocks.
 */
public final class Ledgers implements Fates {
  private static final String REDEFINED = "the schedule was changed before it had its fate";

  private final LedgerStore store;
  private final Map<ScheduleId, Schedule> schedules;
  private final Map<ScheduleId, FireTimes> times;
  private final UnderWay underWay;
  private final String owner;
  private final Clock clock;
  private final ClockWatch clocks;

  /**
   * Of some schedules.
   *
   * @param jobsKv holds them
   * @param schedules what this process fires, by id; copied
   * @param underWay tells which jobs are going on
   * @param owner the name of this process
   * @param clock the time
   * @param clocks whether it can be gone by
   * @throws IllegalArgumentException if the cron of one of them is no expression
   */
  public Ledgers(
      KvStore jobsKv,
      Map<ScheduleId, Schedule> schedules,
      UnderWay underWay,
      String owner,
      Clock clock,
      ClockWatch clocks) {
    this.store = new LedgerStore(jobsKv);
    this.schedules = Map.copyOf(schedules);
    this.times = schedules.values().stream()
        .collect(Collectors.toUnmodifiableMap(Schedule::id, FireTimes::of));
    this.underWay = underWay;
    this.owner = owner;
    this.clock = clock;
    this.clocks = clocks;
  }

  /**
   * The ledger of a schedule that begins: makes it at first sight, and puts this definition in force.
   *
   * @param since when the schedule began here: what falls due until the store is reached is owed
   */
  Ledger open(Schedule schedule, Instant since, Deadline deadline) {
    Optional<Ledger> opened = Optional.empty();
    while (opened.isEmpty()) {
      opened = store.change(schedule.id(), ledger -> inForce(ledger, schedule, since), deadline);
      if (opened.isEmpty()) {
        opened = store.create(schedule.id(), Ledger.of(schedule, since), deadline);
      }
    }
    return opened.get();
  }

  private Ledger inForce(Ledger before, Schedule schedule, Instant since) {
    return before.isDefinedAs(schedule)
        ? before.rezoned(schedule)
        : letGoOfAll(before, since).redefined(schedule, since);
  }

  /** What the definition before owed, it owes to nobody any more. */
  private Ledger letGoOfAll(Ledger before, Instant now) {
    List<Fate> fates = new ArrayList<>();
    before.owed().forEach(owed -> fates.add(redefined(owed.fireTime()).late(owed.cause())));
    List<Instant> open = openFires(before, now);
    open.forEach(time -> fates.add(redefined(time)));
    Instant until = open.isEmpty() ? before.settledUntil() : open.get(open.size() - 1);
    List<Fate> listed = fates.subList(Math.max(0, fates.size() - Passed.LISTED), fates.size());
    return before.decided(until, listed, List.of());
  }

  private Fate redefined(Instant fireTime) {
    return Fate.skipped(fireTime, SkipReason.WINDOW_OVER, REDEFINED, owner);
  }

  private static List<Instant> openFires(Ledger ledger, Instant now) {
    Passed open = new Passed();
    try {
      CronExpression cron = CronExpression.parse(ledger.cron());
      ZoneId zone = ZoneId.of(ledger.zone());
      FireTimes before = new FireTimes(new ScheduleId("before"), cron, zone, Duration.ZERO);
      Optional<Instant> next = before.next(ledger.openAfter());
      while (next.isPresent() && !next.get().isAfter(now)) {
        open.add(next.get());
        next = before.next(next.get());
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Another version's dialect: what it owes is not known here.
    }
    List<Instant> newest = open.remembered();
    return newest.subList(Math.max(0, newest.size() - Passed.LISTED), newest.size());
  }

  /**
   * Decides about the fires that have passed, if this definition is in force, and says what is to be done now. A ledger
   * that somebody deleted begins anew.
   *
   * @return empty if the clock cannot be gone by: nothing is decided then
   */
  Optional<Decision> decide(Schedule schedule, Deadline deadline) {
    while (true) {
      Optional<LedgerStore.Stored> found = store.find(schedule.id(), deadline);
      Optional<Instant> now = clocks.now();
      if (now.isEmpty()) {
        return Optional.empty();
      }
      Ledger ledger =
          found.isPresent() ? found.get().ledger() : open(schedule, now.get(), deadline);
      Agenda agenda = Agenda.of(
          ledger, times(schedule.id()), schedule.policy(), now.get(), clocks.lead(), owner);
      if (!ledger.isOf(schedule) || agenda.isEmpty()) {
        return Optional.of(new Decision(now.get(), ledger, List.of(), agenda.onTime()));
      }
      if (found.isPresent()
          && store.replace(schedule.id(), found.get(), agenda.ledger(), deadline)) {
        return Optional.of(
            new Decision(now.get(), agenda.ledger(), agenda.notes(), agenda.onTime()));
      }
    }
  }

  private FireTimes times(ScheduleId id) {
    return Objects.requireNonNull(times.get(id), "a schedule of this process");
  }

  /**
   * A ledger on which all that has passed is decided.
   *
   * @param now when that was
   * @param notes what this process decided just now
   * @param onTime the fire whose turn it is
   */
  record Decision(Instant now, Ledger ledger, List<Agenda.Note> notes, Optional<Instant> onTime) {}

  /** Puts off a fire until the job that is going on has ended; false if it is settled, or another waits already. */
  boolean putOff(Schedule schedule, Instant fireTime, Deadline deadline) {
    Owed owed = new Owed(fireTime, Owed.Cause.OVERLAP, fireTime);
    return store
        .change(
            schedule.id(),
            ledger -> isNext(ledger, schedule.id(), fireTime) && !hasQueued(ledger)
                ? queued(ledger, owed)
                : ledger,
            deadline)
        .flatMap(ledger -> ledger.owed(fireTime))
        .isPresent();
  }

  private static boolean hasQueued(Ledger ledger) {
    return ledger.owed().stream().anyMatch(owed -> owed.cause() == Owed.Cause.OVERLAP);
  }

  private static Ledger queued(Ledger ledger, Owed owed) {
    List<Owed> owing = new ArrayList<>(ledger.owed());
    owing.add(owed);
    return ledger.decided(owed.fireTime(), List.of(), owing);
  }

  @Override
  public boolean claim(
      Fire fire, TraceId traceId, String claimant, BooleanSupplier held, Deadline deadline) {
    Fate wanted = Fate.job(fireTime(fire), traceId, claimant);
    Condition isFree = ledger -> isFree(ledger, fire, traceId, deadline) && held.getAsBoolean();
    return settle(fire, wanted, isFree, deadline).isPresent();
  }

  @Override
  public boolean abandon(Fire fire, TraceId traceId, String claimant, Deadline deadline) {
    Fate wanted = Fate.job(fireTime(fire), traceId, claimant);
    return store
        .change(
            fire.schedule(),
            ledger -> ledger.isSettled(wanted.fireTime()) ? ledger : ledger.withClaimAbandoned(),
            deadline)
        .flatMap(ledger -> ledger.fate(wanted.fireTime()))
        .filter(fate -> fate.late(null).equals(wanted))
        .isEmpty();
  }

  @Override
  public boolean skip(Fire fire, NoJobException why, Deadline deadline) {
    return skip(fire, why.reason(), why.getMessage(), deadline);
  }

  /** Fixes that a fire makes no job; false if its fate was fixed before. */
  boolean skip(Fire fire, SkipReason reason, @Nullable String detail, Deadline deadline) {
    Instant time = fireTime(fire);
    Optional<Ledger> before = store.find(fire.schedule(), deadline).map(LedgerStore.Stored::ledger);
    if (before.filter(ledger -> !ledger.isSettled(time)).isEmpty()) {
      return false;
    }
    Fate wanted = Fate.skipped(time, reason, detail, owner);
    return settle(fire, wanted, ledger -> true, deadline).isPresent();
  }

  /** Gives a fire its fate if its turn has come; empty unless that fate is its fate, from now on or since before. */
  private Optional<Fate> settle(Fire fire, Fate wanted, Condition isFree, Deadline deadline) {
    Instant time = wanted.fireTime();
    UnaryOperator<Ledger> change = ledger -> {
      boolean hasItsTurn = isNext(ledger, fire.schedule(), time) || isOwed(ledger, fire, time);
      return hasItsTurn && isFree.holds(ledger) ? settled(ledger, fire, wanted) : ledger;
    };
    return store
        .change(fire.schedule(), change, deadline)
        .flatMap(ledger -> ledger.fate(time))
        .filter(fate -> fate.late(null).equals(wanted));
  }

  /** Something that has to hold for a change. */
  @FunctionalInterface
  private interface Condition {
    boolean holds(Ledger ledger);
  }

  private Ledger settled(Ledger ledger, Fire fire, Fate wanted) {
    Optional<Owed> owed = ledger.owed(wanted.fireTime());
    return owed.isPresent()
        ? spread(ledger.settled(wanted.late(owed.get().cause())), fire.schedule())
        : ledger.settled(wanted);
  }

  /** Those that were missed or paused have their turns some time after this one; who waits for a job waits for that. */
  private Ledger spread(Ledger ledger, ScheduleId id) {
    Schedule schedule = Objects.requireNonNull(schedules.get(id), "its turn was looked at");
    Duration spread = schedule.policy().catchUpSpread();
    if (spread.isZero()) {
      return ledger;
    }
    FireTimes ofSchedule = times(id);
    Instant now = clock.now();
    List<Owed> owing = ledger.owed().stream()
        .map(owed -> owed.cause() == Owed.Cause.OVERLAP
            ? owed
            : owed.notBefore(now.plus(ofSchedule.spread(spread, owed.fireTime()))))
        .toList();
    return ledger.decided(ledger.settledUntil(), List.of(), owing);
  }

  /**
   * Whether a fire is the next one without a fate. A claim that is finished late may be of a fire that the definition in
   * force does not have, or that has others before it: those must not be passed over.
   */
  private boolean isNext(Ledger ledger, ScheduleId id, Instant time) {
    Schedule ours = schedules.get(id);
    return ours != null
        && ledger.isOf(ours)
        && ledger.pausedSince() == null
        && times(id).next(ledger.openAfter()).filter(time::equals).isPresent();
  }

  private boolean isOwed(Ledger ledger, Fire fire, Instant time) {
    Schedule ours = schedules.get(fire.schedule());
    return ours != null
        && ledger.isOf(ours)
        && ledger.pausedSince() == null
        && ledger.owed(time).isPresent();
  }

  /**
   * Whether no other job stands in the way. Looked at anew whenever the ledger has changed: whoever began a job meanwhile
   * has changed it.
   */
  private boolean isFree(Ledger ledger, Fire fire, TraceId traceId, Deadline deadline) {
    Schedule ours = Objects.requireNonNull(schedules.get(fire.schedule()), "it has its turn");
    boolean waited = ledger
        .owed(fireTime(fire))
        .filter(owed -> owed.cause() == Owed.Cause.OVERLAP)
        .isPresent();
    boolean maySeeOthers = ours.policy().overlap() == Overlap.ALLOW && !waited;
    return maySeeOthers
        || underWay.of(fire.schedule(), deadline).stream().allMatch(traceId::equals);
  }

  private static Instant fireTime(Fire fire) {
    return Objects.requireNonNull(fire.fireTime(), "a fire by hand has no fate");
  }

  @Override
  public Optional<KpiSelection> selection(ScheduleId schedule) {
    return Optional.ofNullable(schedules.get(schedule)).map(Schedule::selection);
  }
}
