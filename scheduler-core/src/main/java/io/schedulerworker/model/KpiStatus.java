package io.schedulerworker.model;

/** How far one KPI of a job is. */
public enum KpiStatus {
  /** Not called yet, or not yet accepted. */
  PENDING("pending", false),
  /** The webhook answered 2xx; the workflow has not reported its end. */
  TRIGGERED("triggered", false),
  /** Done. */
  COMPLETED("completed", true),
  /** Will not be done. */
  FAILED("failed", true),
  /** Called, but its end was not reported in time. */
  TIMED_OUT("timed_out", true);

  private final String text;
  private final boolean terminal;

  KpiStatus(String text, boolean terminal) {
    this.text = text;
    this.terminal = terminal;
  }

  /**
   * The status as it stands in the record.
   *
   * @return for example {@code timed_out}
   */
  public String text() {
    return text;
  }

  /**
   * Whether the KPI is over.
   *
   * @return true for completed, failed and timed out
   */
  public boolean isTerminal() {
    return terminal;
  }
}
