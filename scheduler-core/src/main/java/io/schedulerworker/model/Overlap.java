package io.schedulerworker.model;

/** What becomes of a fire while a job of its schedule is still going on. */
public enum Overlap {
  /** Another job begins beside it. */
  ALLOW("allow"),
  /** The fire makes no job. */
  SKIP("skip"),
  /** The fire waits for the end of that job; while one waits already, further ones make no job. */
  QUEUE_ONE("queue_one");

  private final String text;

  Overlap(String text) {
    this.text = text;
  }

  /**
   * The word for it in settings.
   *
   * @return for example {@code queue_one}
   */
  public String text() {
    return text;
  }
}
