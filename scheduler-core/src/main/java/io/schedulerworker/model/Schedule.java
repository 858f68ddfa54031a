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
 */
public record Schedule(ScheduleId id, String cron, ZoneId zone, KpiSelection selection) {
  /**
   * Checks the id.
   *
   * @param id as above
   * @param cron as above
   * @param zone as above
   * @param selection as above
   * @throws IllegalArgumentException if the id is reserved
   */
  public Schedule {
    if (id.equals(ScheduleId.MANUAL)) {
      throw new IllegalArgumentException(
          "schedule id \"manual\" is reserved for jobs started by hand; choose another");
    }
  }

  /**
   * A schedule whose jobs call every active KPI.
   *
   * @param id as above
   * @param cron as above
   * @param zone as above
   * @throws IllegalArgumentException if the id is reserved
   */
  public Schedule(ScheduleId id, String cron, ZoneId zone) {
    this(id, cron, zone, KpiSelection.all());
  }

  /**
   * Tells definitions apart: those that fire and select alike have the same digest.
   *
   * @return 64 hexadecimal digits
   */
  public String digest() {
    return Sha256.hex(cron + "\n" + zone.getId() + "\n" + selection.digest());
  }
}
