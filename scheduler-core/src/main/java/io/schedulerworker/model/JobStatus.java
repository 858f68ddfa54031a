package io.schedulerworker.model;

/** How far a job is. */
public enum JobStatus {
  /** Nobody has been called. */
  PENDING("pending"),
  /** From the first call until every KPI is terminal. */
  IN_PROGRESS("in_progress"),
  /** Every KPI is completed. */
  COMPLETED("completed"),
  /** Every KPI is terminal, some of them completed. */
  PARTIAL("partial"),
  /** Every KPI is terminal, none completed, at least one timed out. */
  TIMED_OUT("timed_out"),
  /** Every KPI is terminal, all of them failed. */
  FAILED("failed");

  private final String text;

  JobStatus(String text) {
    this.text = text;
  }

  /**
   * The status as it stands in the record.
   *
   * @return for example {@code in_progress}
   */
  public String text() {
    return text;
  }

  /**
   * Whether every KPI is terminal.
   *
   * @return false for {@link #PENDING} and {@link #IN_PROGRESS}
   */
  public boolean isTerminal() {
    return this != PENDING && this != IN_PROGRESS;
  }
}
