package io.schedulerworker.app.alerts;

/** Counts alerts. Thread-safe; does not block. */
public interface AlertMeter {
  /**
   * An alert was delivered.
   *
   * @param kind what it was about
   * @param status what it said
   */
  void sent(AlertKind kind, AlertStatus status);

  /** An attempt to deliver an alert failed. */
  void failed();
}
