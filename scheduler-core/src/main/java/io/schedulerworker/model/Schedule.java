package io.schedulerworker.model;

import java.time.ZoneId;

/**
 * When to fire: a cron rule and the zone it is read in.
 *
 * @param id the name; never {@link ScheduleId#MANUAL}
 * @param cron an expression of the dialect of {@code io.schedulerworker.cron.CronExpression}; checked where the
 *     schedule is put to use
 * @param zone the zone of the rule's local times
 * @param selection whom its jobs call
 * @param policy what becomes of its fires where something stands in their way
 */
public record Schedule(
    ScheduleId id, String cron, ZoneId zone, KpiSelection selection, SchedulePolicy policy) {
  /**
   * Checks the id.
   *
   * @param id as above
   * @param cron as above
   * @param zone as above
   * @param selection as above
   * @param policy as above
   * @throws IllegalArgumentException if the id is reserved
   */
  public Schedule {
    if (id.equals(ScheduleId.MANUAL)) {
      throw new IllegalArgumentException(
          "schedule id \"manual\" is reserved for jobs started by hand; choose another");
    }
  }

  /**
   * A schedule whose jobs call every active KPI, with the default policy.
   *
   * @param id as above
   * @param cron as above
   * @param zone as above
   * @throws IllegalArgumentException if the id is reserved
   */
  public Schedule(ScheduleId id, String cron, ZoneId zone) {
    this(id, cron, zone, KpiSelection.all(), SchedulePolicy.DEFAULT);
  }

  /**
   * This schedule with jobs that call others.
   *
   * @param whom they call
   * @return the changed schedule
   */
  public Schedule withSelection(KpiSelection whom) {
    return new Schedule(id, cron, zone, whom, policy);
  }

  /**
   * This schedule with another policy.
   *
   * @param what becomes of its fires where something stands in their way
   * @return the changed schedule
   */
  public Schedule withPolicy(SchedulePolicy what) {
    return new Schedule(id, cron, zone, selection, what);
  }

  /**
   * Tells definitions apart: those that fire and select alike have the same digest, whatever their policies.
   *
   * @return 64 hexadecimal digits
   */
  public String digest() {
    return Sha256.hex(cron + "\n" + zone.getId() + "\n" + selection.digest());
  }

  /**
   * Tells versions of the time zone database apart, as far as they matter to this schedule: from 2025 to 2040.
   *
   * @return 16 hexadecimal digits; the same where the zone has the same local times
   */
  public String zoneRules() {
    return ZoneRulesDigest.of(zone);
  }
}
