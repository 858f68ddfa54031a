package io.schedulerworker.app.settings;

/**
 * Something wrong with the settings.
 *
 * @param severity whether it can be worked with
 * @param place where it stands: file and line, variable or flag
 * @param what which key and value, and what is allowed; no secret
 */
public record Finding(Severity severity, String place, String what) {
  /** What follows from a finding. */
  public enum Severity {
    /** Nothing can be started with these settings. */
    ERROR,
    /** It works, but perhaps not as meant. */
    WARNING
  }

  /**
   * Whether it stops us.
   *
   * @return true for an error
   */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** One line for a person. */
  @Override
  public String toString() {
    return place + ": " + what;
  }
}
