package io.schedulerworker.app.http;

/** Which requests have a line in the log. */
public enum LoggedRequests {
  /** None. */
  NONE,
  /** All but those that are {@link Routine}. */
  CHANGES,
  /** All. */
  ALL
}
