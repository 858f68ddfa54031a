package io.schedulerworker.simulation;

import java.time.Duration;

/**
 * That somebody set a wall clock.
 *
 * @param time when
 * @param from how far it was off before
 * @param to how far it was off then
 */
record ClockSet(long time, Duration from, Duration to) {
  @Override
  public String toString() {
    return "set at " + Trace.time(time) + " by " + to.minus(from);
  }
}
