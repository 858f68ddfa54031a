package io.schedulerworker.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the store says of a schedule's last day: whether what its rule names has come to pass. All that is younger than the
 * grace is left out.
 *
 * @param schedule which one
 * @param paused whether it is paused
 * @param firesExpected how many fires the rule names, as far back as the ledger remembers all of them, at most a day; of
 *     very many the first are counted
 * @param overdue how many of them no process has decided about
 * @param overdueSince the oldest of those; empty if there are none
 * @param lost those that count as settled and have neither a fate nor a turn to come, the oldest first; copied
 * @param owed how many are to be made up for
 * @param calls whether its jobs called their KPIs
 */
public record ScheduleReport(
    ScheduleId schedule,
    boolean paused,
    int firesExpected,
    int overdue,
    Optional<Instant> overdueSince,
    List<Instant> lost,
    int owed,
    CallTally calls) {
  /**
   * Copies what is lost.
   *
   * @param schedule as above
   * @param paused as above
   * @param firesExpected as above
   * @param overdue as above
   * @param overdueSince as above
   * @param lost as above
   * @param owed as above
   * @param calls as above
   */
  public ScheduleReport {
    lost = List.copyOf(lost);
  }

  /**
   * Of the jobs that people made.
   *
   * @param calls whether they called their KPIs
   * @return a report without fires
   */
  public static ScheduleReport byHand(CallTally calls) {
    return new ScheduleReport(
        ScheduleId.MANUAL, false, 0, 0, Optional.empty(), List.of(), 0, calls);
  }

  /**
   * How many of the fires that are expected have a fate, or a turn to come.
   *
   * @return from 0 to {@code firesExpected}
   */
  public int firesSettled() {
    return firesExpected - overdue - lost.size();
  }

  /**
   * Whether all that the rule names has come to pass.
   *
   * @return false if there is something an operator has to look at
   */
  public boolean isWell() {
    return overdue == 0 && lost.isEmpty() && calls.isWell();
  }
}
