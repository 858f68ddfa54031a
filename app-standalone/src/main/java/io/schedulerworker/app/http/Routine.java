package io.schedulerworker.app.http;

/** Which requests for a {@link Route} are so common that a log is better off without them. */
public enum Routine {
  /** None: each changes something that somebody may ask about later. */
  NONE,
  /** Those that go well. */
  IF_WELL,
  /** All, also those that do not go well. */
  ALL;

  private static final int LEAST_FAILURE = 400;

  boolean has(int status) {
    return this == ALL || (this == IF_WELL && status < LEAST_FAILURE);
  }
}
