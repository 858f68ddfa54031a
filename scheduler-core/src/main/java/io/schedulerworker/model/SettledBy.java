package io.schedulerworker.model;

/** Which part of the scheduler ended a KPI. A KPI that another writer ended names none. */
public enum SettledBy {
  /** The call: its answer, or its failure. */
  DISPATCH("dispatch"),
  /** The job timeout. */
  TIMEOUT("timeout"),
  /** A completion that was reported to us. */
  CALLBACK("callback");

  private final String text;

  SettledBy(String text) {
    this.text = text;
  }

  /**
   * The name as it stands in the record.
   *
   * @return for example {@code dispatch}
   */
  public String text() {
    return text;
  }
}
