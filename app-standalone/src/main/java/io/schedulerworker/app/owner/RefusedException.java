package io.schedulerworker.app.owner;

/** The API did not do what a command asked. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean outOfReach;

  /**
   * Of an answer.
   *
   * @param detail what is wrong, one line for a person
   * @param outOfReach whether a store could not be reached, so that it may go well later
   */
  RefusedException(String detail, boolean outOfReach) {
    super(detail);
    this.outOfReach = outOfReach;
  }

  /**
   * Whether it may go well later.
   *
   * @return true if a store could not be reached
   */
  public boolean isOutOfReach() {
    return outOfReach;
  }
}
