package io.schedulerworker.model;

/**
 * The KPIs of a job in numbers.
 *
 * @param total how many it has
 * @param completed how many are completed
 * @param failed how many failed or timed out
 */
public record KpiCounts(int total, int completed, int failed) {
  /**
   * How many are at their end.
   *
   * @return from 0 to the total
   */
  public int settled() {
    return completed + failed;
  }
}
