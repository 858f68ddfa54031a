package io.schedulerworker.app.settings;

import io.schedulerworker.model.Schedule;
import java.util.List;

/**
 * A schedule as it is set.
 *
 * @param schedule when to fire, and whom to call then
 * @param enabled whether it fires at all
 * @param ids the KPIs that it selects by id; empty if by none
 * @param place where it is set
 */
public record ScheduleSettings(Schedule schedule, boolean enabled, List<String> ids, String place) {
  /**
   * Copies the ids.
   *
   * @param schedule as above
   * @param enabled as above
   * @param ids as above
   * @param place as above
   */
  public ScheduleSettings {
    ids = List.copyOf(ids);
  }
}
