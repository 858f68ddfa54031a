package io.schedulerworker.model;

/** Which of several fires that had no turn are made up for. */
public enum CatchUp {
  /** None: all are let go. */
  NONE("none"),
  /** The newest one; the others are let go. */
  ONCE("once"),
  /** All, the oldest first, at most {@link #MOST}; older ones beyond that are let go. */
  ALL("all");

  /** How many are made up for at most. */
  public static final int MOST = 100;

  private final String text;

  CatchUp(String text) {
    this.text = text;
  }

  /**
   * The word for it in settings.
   *
   * @return for example {@code once}
   */
  public String text() {
    return text;
  }
}
