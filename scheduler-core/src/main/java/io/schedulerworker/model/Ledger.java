package io.schedulerworker.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a schedule's fires, stored in JOBS_KV under {@link #key} for ever. Every fire is given its fate once,
 * by compare-and-set, in the order of fire times; or it is put off, and given its fate later. A settled fire is never
 * opened again. Instants are whole seconds.
 *
 * @param definition tells definitions of the schedule apart, see {@link Schedule#digest}
 * @param cron the rule, for people
 * @param zone the zone it is read in, for people
 * @param zoneRules what the zone's local times are where the definition was put in force, see {@link
 *     Schedule#zoneRules}; null if that was not noted
 * @param since when this definition was first seen: nothing is owed for fires up to then
 * @param settledUntil every fire up to this one has its fate or is owed; never goes back
 * @param pausedSince when the schedule was paused; null if it is not
 * @param pauses those that are over and have fires that are still open, the oldest first; at most {@link #PAUSES}, copied
 * @param owed fires that are to be made up for, the oldest first; copied
 * @param fates the last ones in the order in which they were fixed, at most {@link #FATES}, among them the last jobs and
 *     the last one that made up for a fire, however many fires were let go since; copied
 * @param abandoned how many claims of fires were given up that may have been under way still; not negative
 * @param extras further fields
 */
public record Ledger(
    String definition,
    String cron,
    String zone,
    @Nullable String zoneRules,
    Instant since,
    Instant settledUntil,
    @Nullable Instant pausedSince,
    List<Pause> pauses,
    List<Owed> owed,
    List<Fate> fates,
    int abandoned,
    Extras extras) {

  /** How many fates are kept. */
  public static final int FATES = 100;

  /** How many pauses are kept; of more, the two oldest become one. */
  public static final int PAUSES = 20;

  /** Begins the key of every ledger. */
  public static final String KEY_PREFIX = "schedule:";

  /**
   * Drops fractions of seconds, puts what is owed in order, and drops the oldest fates of more than {@link #FATES}.
   *
   * @param definition as above
   * @param cron as above
   * @param zone as above
   * @param zoneRules as above
   * @param since as above
   * @param settledUntil as above
   * @param pausedSince as above
   * @param pauses as above
   * @param owed as above
   * @param fates as above
   * @param abandoned as above
   * @param extras as above
   */
  public Ledger {
    since = since.truncatedTo(ChronoUnit.SECONDS);
    settledUntil = settledUntil.truncatedTo(ChronoUnit.SECONDS);
    pausedSince = pausedSince == null ? null : pausedSince.truncatedTo(ChronoUnit.SECONDS);
    pauses = bounded(pauses);
    owed = owed.stream().sorted(Comparator.comparing(Owed::fireTime)).toList();
    fates = KeptFates.of(fates);
  }

  private static List<Pause> bounded(List<Pause> pauses) {
    if (pauses.size() <= PAUSES) {
      return List.copyOf(pauses);
    }
    int first = pauses.size() - PAUSES;
    List<Pause> last = new ArrayList<>(pauses.subList(first, pauses.size()));
    last.set(0, new Pause(pauses.get(0).from(), last.get(0).to()));
    return List.copyOf(last);
  }

  /**
   * The key under which the ledger of a schedule is stored.
   *
   * @param id the schedule
   * @return the key in JOBS_KV
   */
  public static String key(ScheduleId id) {
    return KEY_PREFIX + id;
  }

  /**
   * The ledger of a schedule that is seen for the first time.
   *
   * @param schedule the schedule
   * @param now when
   * @return a ledger that owes nothing
   */
  public static Ledger of(Schedule schedule, Instant now) {
    return new Ledger(
        schedule.digest(),
        schedule.cron(),
        schedule.zone().getId(),
        schedule.zoneRules(),
        now,
        now,
        null,
        List.of(),
        List.of(),
        List.of(),
        0,
        Extras.NONE);
  }

  /**
   * This ledger under another definition of its schedule, which owes nothing for the past. A pause goes on.
   *
   * @param schedule the schedule as it is defined now
   * @param from since when; where clocks disagree and more is settled already, since then
   * @return the changed ledger
   * @throws IllegalStateException if a fire is still owed: it needs a fate first
   */
  public Ledger redefined(Schedule schedule, Instant from) {
    if (!owed.isEmpty()) {
      throw new IllegalStateException("fires of the definition before are still owed: " + owed);
    }
    return new Ledger(
        schedule.digest(),
        schedule.cron(),
        schedule.zone().getId(),
        schedule.zoneRules(),
        from.isAfter(settledUntil) ? from : settledUntil,
        settledUntil,
        pausedSince,
        List.of(),
        List.of(),
        fates,
        abandoned,
        extras);
  }

  /**
   * Whether this is the definition in force, and means the same times here.
   *
   * @param schedule a schedule of this ledger's id
   * @return false if another definition was stored later, or the same where the zone has other rules
   */
  public boolean isOf(Schedule schedule) {
    return isDefinedAs(schedule) && (zoneRules == null || zoneRules.equals(schedule.zoneRules()));
  }

  /**
   * Whether this is the definition in force, whatever times that means here.
   *
   * @param schedule a schedule of this ledger's id
   * @return false if another definition was stored later
   */
  public boolean isDefinedAs(Schedule schedule) {
    return definition.equals(schedule.digest());
  }

  /**
   * This ledger by the rules that the zone has here: nothing is let go for that.
   *
   * @param schedule the same definition
   * @return this, if these are its rules
   */
  public Ledger rezoned(Schedule schedule) {
    if (schedule.zoneRules().equals(zoneRules)) {
      return this;
    }
    return new Ledger(
        definition,
        cron,
        zone,
        schedule.zoneRules(),
        since,
        settledUntil,
        pausedSince,
        pauses,
        owed,
        fates,
        abandoned,
        extras);
  }

  /**
   * The moment after which nothing has been decided about fires.
   *
   * @return the later of {@code since} and {@code settledUntil}
   */
  public Instant openAfter() {
    return since.isAfter(settledUntil) ? since : settledUntil;
  }

  /**
   * Whether nothing more is to be decided about a fire.
   *
   * @param fireTime the time the rule names
   * @return true if it has its fate, or was before this definition
   */
  public boolean isSettled(Instant fireTime) {
    return !fireTime.isAfter(openAfter()) && owed(fireTime).isEmpty();
  }

  /**
   * A fire that is to be made up for.
   *
   * @param fireTime the time the rule names
   * @return empty if it is not owed
   */
  public Optional<Owed> owed(Instant fireTime) {
    return owed.stream().filter(each -> each.fireTime().equals(fireTime)).findFirst();
  }

  /**
   * The fate of a fire, as far as it is remembered.
   *
   * @param fireTime the time the rule names
   * @return empty if it has none, or it was too long ago
   */
  public Optional<Fate> fate(Instant fireTime) {
    return fates.stream().filter(fate -> fate.fireTime().equals(fireTime)).findFirst();
  }

  /**
   * This ledger with the fate of one fire: of the open one that comes next, or of one that is owed.
   *
   * @param fate its fate
   * @return the changed ledger
   * @throws IllegalArgumentException if it is settled already
   */
  public Ledger settled(Fate fate) {
    List<Owed> left = new ArrayList<>(owed);
    left.removeIf(each -> each.fireTime().equals(fate.fireTime()));
    Instant until = fate.fireTime().isAfter(settledUntil) ? fate.fireTime() : settledUntil;
    return decided(until, List.of(fate), left);
  }

  /**
   * This ledger with decisions about the fires up to a moment, and about those that are owed.
   *
   * @param until the last fire that is decided about; not before {@code settledUntil}
   * @param fixed fates of fires that were open, or owed
   * @param owing what is owed from now on, in any order
   * @return the changed ledger
   * @throws IllegalArgumentException if a fire that is settled already is among them
   */
  public Ledger decided(Instant until, List<Fate> fixed, List<Owed> owing) {
    fixed.forEach(fate -> checkOpen(fate.fireTime()));
    owing.forEach(each -> checkOpen(each.fireTime()));
    if (until.isBefore(settledUntil)) {
      throw new IllegalArgumentException(until + " is before " + settledUntil);
    }
    List<Fate> all = new ArrayList<>(fates);
    all.addAll(fixed);
    List<Pause> open =
        pauses.stream().filter(pause -> !pause.to().isBefore(until)).toList();
    return new Ledger(
        definition,
        cron,
        zone,
        zoneRules,
        since,
        until,
        pausedSince,
        open,
        owing,
        all,
        abandoned,
        extras);
  }

  /**
   * This ledger, not as anybody knows it who has begun to change it: their changes fail, and nothing else is changed.
   *
   * @return a ledger that differs
   */
  public Ledger withClaimAbandoned() {
    return new Ledger(
        definition,
        cron,
        zone,
        zoneRules,
        since,
        settledUntil,
        pausedSince,
        pauses,
        owed,
        fates,
        abandoned + 1,
        extras);
  }

  private void checkOpen(Instant fireTime) {
    if (isSettled(fireTime)) {
      throw new IllegalArgumentException("the fire at " + fireTime + " is settled");
    }
  }

  /**
   * This ledger, paused.
   *
   * @param now since when
   * @return this, if it is paused already
   */
  public Ledger paused(Instant now) {
    return pausedSince != null ? this : with(now, pauses);
  }

  /**
   * This ledger, not paused any more.
   *
   * @param now since when not
   * @return this, if it is not paused
   */
  public Ledger resumed(Instant now) {
    if (pausedSince == null) {
      return this;
    }
    List<Pause> all = new ArrayList<>(pauses);
    all.add(new Pause(pausedSince, now));
    return with(null, all);
  }

  private Ledger with(@Nullable Instant paused, List<Pause> over) {
    return new Ledger(
        definition,
        cron,
        zone,
        zoneRules,
        since,
        settledUntil,
        paused,
        over,
        owed,
        fates,
        abandoned,
        extras);
  }

  /**
   * The last job that made up for a fire of another time.
   *
   * @return empty if there never was one
   */
  public Optional<TraceId> lastMadeUp() {
    return KeptFates.lastMadeUp(fates).map(Fate::job);
  }
}
