package io.schedulerworker.app.metrics;

import io.schedulerworker.model.ScheduleId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which schedules do not fire here, and why. Thread-safe. */
final class ScheduleStates {
  private final Set<ScheduleId> paused = ConcurrentHashMap.newKeySet();
  private final Set<ScheduleId> superseded = ConcurrentHashMap.newKeySet();

  Set<ScheduleId> paused() {
    return paused;
  }

  Set<ScheduleId> superseded() {
    return superseded;
  }
}
