package io.schedulerworker.model;

/** Why a fire made no job. */
public enum SkipReason {
  /** The registry is missing, or is no registry. */
  REGISTRY("registry"),
  /** The registry has no KPI that is active and can be called. */
  NO_ACTIVE_KPI("no active KPI"),
  /** Some of the KPIs asked for are not among the active ones. */
  UNKNOWN_KPI("unknown KPI"),
  /** A job of the schedule was still going on. */
  OVERLAP("overlap"),
  /** The schedule was paused. */
  PAUSED("paused"),
  /** It was missed and is not made up for, or the schedule was changed before it had its fate. */
  WINDOW_OVER("window over");

  private final String text;

  SkipReason(String text) {
    this.text = text;
  }

  /**
   * The reason as the contract spells it.
   *
   * @return for example {@code no active KPI}
   */
  public String text() {
    return text;
  }
}
