package io.schedulerworker.app.alerts;

import java.util.Locale;

/** How bad it is. */
public enum Severity {
  /** Work was not done, or will not be. */
  CRITICAL,
  /** Somebody should look at it, by day. */
  WARNING;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
