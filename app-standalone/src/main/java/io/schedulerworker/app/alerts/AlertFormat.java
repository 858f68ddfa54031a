package io.schedulerworker.app.alerts;

/** What a webhook for alerts understands. */
public enum AlertFormat {
  /** One object with all fields. */
  JSON,
  /** An object with a text, as Slack and others take it. */
  SLACK
}
