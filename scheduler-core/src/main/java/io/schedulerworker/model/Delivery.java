package io.schedulerworker.model;

/** What becomes of a call whose process died before it had noted the answer. */
public enum Delivery {
  /** The call is made again: whatever has no recorded outcome is repeated. */
  AT_LEAST_ONCE("at-least-once"),
  /** The call is not made again: the intent is noted before it, and a noted intent without an outcome is a failure. */
  AT_MOST_ONCE("at-most-once");

  private final String text;

  Delivery(String text) {
    this.text = text;
  }

  /**
   * The name as settings and leases have it.
   *
   * @return for example {@code at-least-once}
   */
  public String text() {
    return text;
  }
}
