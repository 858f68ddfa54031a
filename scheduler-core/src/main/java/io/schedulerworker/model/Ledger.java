package io.schedulerworker.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a schedule's fires, stored in JOBS_KV under {@link #key} for ever. Every fire is settled once, by
 * compare-and-set, in the order of fire times; a settled fire is never opened again. Instants are whole seconds.
 *
 * @param definition tells definitions of the schedule apart, see {@link Schedule#digest}
 * @param cron the rule, for people
 * @param zone the zone it is read in, for people
 * @param since when this definition was first seen: nothing is owed for fires up to then
 * @param settledUntil every fire up to this one has its fate; never goes back
 * @param pausedSince when the schedule was paused; null if it is not, which is always so in this version
 * @param fates the last ones, the oldest first, at most {@link #FATES}; copied
 * @param extras further fields
 */
public record Ledger(
    String definition,
    String cron,
    String zone,
    Instant since,
    Instant settledUntil,
    @Nullable Instant pausedSince,
    List<Fate> fates,
    Extras extras) {

  /** How many fates are kept. */
  public static final int FATES = 100;

  private static final String KEY_PREFIX = "schedule:";

  /**
   * Drops fractions of seconds, and all but the last {@link #FATES} fates.
   *
   * @param definition as above
   * @param cron as above
   * @param zone as above
   * @param since as above
   * @param settledUntil as above
   * @param pausedSince as above
   * @param fates as above
   * @param extras as above
   */
  public Ledger {
    since = since.truncatedTo(ChronoUnit.SECONDS);
    settledUntil = settledUntil.truncatedTo(ChronoUnit.SECONDS);
    pausedSince = pausedSince == null ? null : pausedSince.truncatedTo(ChronoUnit.SECONDS);
    fates = List.copyOf(fates.subList(Math.max(0, fates.size() - FATES), fates.size()));
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
        now,
        now,
        null,
        List.of(),
        Extras.NONE);
  }

  /**
   * This ledger under another definition of its schedule, which owes nothing for the past.
   *
   * @param schedule the schedule as it is defined now
   * @param from since when
   * @return the changed ledger
   */
  public Ledger redefined(Schedule schedule, Instant from) {
    return new Ledger(
        schedule.digest(),
        schedule.cron(),
        schedule.zone().getId(),
        from,
        settledUntil,
        pausedSince,
        fates,
        extras);
  }

  /**
   * Whether this is the definition in force.
   *
   * @param schedule a schedule of this ledger's id
   * @return false if another definition was stored later
   */
  public boolean isOf(Schedule schedule) {
    return definition.equals(schedule.digest());
  }

  /**
   * The moment after which fires are still to be settled.
   *
   * @return the later of {@code since} and {@code settledUntil}
   */
  public Instant openAfter() {
    return later(since, settledUntil);
  }

  /**
   * Whether nothing more is to be decided about a fire.
   *
   * @param fireTime the time the rule names
   * @return true if it has its fate, or was before this definition
   */
  public boolean isSettled(Instant fireTime) {
    return !fireTime.isAfter(openAfter());
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
   * This ledger with the fates of the fires that come next.
   *
   * @param next in the order of fire times, all of them still open
   * @return the changed ledger
   * @throws IllegalArgumentException if one is settled already
   */
  public Ledger settled(List<Fate> next) {
    Instant until = settledUntil;
    for (Fate fate : next) {
      if (!fate.fireTime().isAfter(until) || isSettled(fate.fireTime())) {
        throw new IllegalArgumentException("the fire at " + fate.fireTime() + " is settled");
      }
      until = fate.fireTime();
    }
    List<Fate> all = new ArrayList<>(fates);
    all.addAll(next);
    return new Ledger(definition, cron, zone, since, until, pausedSince, all, extras);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
