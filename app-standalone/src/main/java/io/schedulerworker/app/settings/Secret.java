package io.schedulerworker.app.settings;

/** A text that is never shown: only {@link #reveal} gives it out. Immutable. */
public final class Secret {
  private final String text;

  Secret(String text) {
    this.text = text;
  }

  /**
   * The text itself, for those who send or compare it.
   *
   * @return not blank
   */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "***";
  }
}
