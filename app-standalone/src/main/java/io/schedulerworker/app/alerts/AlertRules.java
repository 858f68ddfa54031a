package io.schedulerworker.app.alerts;

import java.time.Duration;
import java.util.Set;

/**
 * What is told, and how often.
 *
 * @param on the kinds that are told; copied
 * @param repeatAfter when a condition that lasts is told again, and when events that came after the first are told
 * @param hostClosedFor how long a host must not have been called
 * @param storeAwayFor how long a store must have been out of reach, or a fire must have failed
 */
public record AlertRules(
    Set<AlertKind> on, Duration repeatAfter, Duration hostClosedFor, Duration storeAwayFor) {
  /**
   * Copies the kinds.
   *
   * @param on as above
   * @param repeatAfter as above
   * @param hostClosedFor as above
   * @param storeAwayFor as above
   */
  public AlertRules {
    on = Set.copyOf(on);
  }
}
