package io.schedulerworker.app.settings;

import io.schedulerworker.model.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * A schedule as it is set.
 *
 * @param schedule when to fire, and whom to call then
 * @param enabled whether it fires at all
 * @param ids the KPIs that it selects by id; empty if by none
 * @param place where it is set
 * @param windowPlace where its catch-up window is set; empty if that is nowhere
 * @param heartbeat the URL of the watchdog of its jobs, http or https; empty if there is none
 */
public record ScheduleSettings(
    Schedule schedule,
    boolean enabled,
    List<String> ids,
    String place,
    Optional<String> windowPlace,
    Optional<Secret> heartbeat) {
  /**
   * Copies the ids.
   *
   * @param schedule as above
   * @param enabled as above
   * @param ids as above
   * @param place as above
   * @param windowPlace as above
   * @param heartbeat as above
   */
  public ScheduleSettings {
    ids = List.copyOf(ids);
  }

  /** The same with another schedule. */
  ScheduleSettings with(Schedule changed) {
    return new ScheduleSettings(changed, enabled, ids, place, windowPlace, heartbeat);
  }
}
