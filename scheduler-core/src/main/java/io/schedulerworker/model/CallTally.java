package io.schedulerworker.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * Whether jobs called their KPIs, by what the store says of them. Jobs that a process is at are left out.
 *
 * @param expected how many KPIs the jobs have
 * @param called how many of them need no call any more, whatever became of it
 * @param stalled jobs that have KPIs to call and that no process is at, the newest first; copied
 * @param missing jobs that fires became, and of which there is no record, the newest first; copied
 */
public record CallTally(int expected, int called, List<TraceId> stalled, List<TraceId> missing) {
  /** Of no job. */
  public static final CallTally NONE = new CallTally(0, 0, List.of(), List.of());

  /**
   * Copies the lists.
   *
   * @param expected as above
   * @param called as above
   * @param stalled as above
   * @param missing as above
   */
  public CallTally {
    stalled = List.copyOf(stalled);
    missing = List.copyOf(missing);
  }

  /**
   * Both together.
   *
   * @param other of other jobs
   * @return the sum
   */
  public CallTally and(CallTally other) {
    return new CallTally(
        expected + other.expected,
        called + other.called,
        both(stalled, other.stalled),
        both(missing, other.missing));
  }

  private static List<TraceId> both(List<TraceId> some, List<TraceId> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /**
   * The same with the jobs that are not there.
   *
   * @param jobs which ones
   * @return the changed tally
   */
  public CallTally withMissing(List<TraceId> jobs) {
    return new CallTally(expected, called, stalled, jobs);
  }

  /**
   * Whether nobody has to look at it.
   *
   * @return true if every job is there, and none is left alone with KPIs to call
   */
  public boolean isWell() {
    return stalled.isEmpty() && missing.isEmpty();
  }
}
