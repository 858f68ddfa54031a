package io.schedulerworker.simulation;

import java.time.Instant;
import java.util.Map;

/**
 * What there is to be checked.
 *
 * @param settledState what was stored when nothing had gone wrong for some time
 * @param calmUntil the latest wall clock when the schedules were taken away
 * @param calmState what was stored then
 * @param lastState what was stored at last
 * @param histories what was stored before
 */
record End(
    Map<String, String> settledState,
    Instant calmUntil,
    Map<String, String> calmState,
    Map<String, String> lastState,
    Histories histories) {}
