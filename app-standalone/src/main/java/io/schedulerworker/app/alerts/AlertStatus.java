package io.schedulerworker.app.alerts;

import java.util.Locale;

/** Whether something is the matter. */
public enum AlertStatus {
  /** It is, or it happened. */
  FIRING,
  /** It is no more. */
  RESOLVED;

  /**
   * The word for it.
   *
   * @return for example {@code firing}
   */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
