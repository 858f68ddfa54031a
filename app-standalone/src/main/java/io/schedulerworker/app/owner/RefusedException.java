package io.schedulerworker.app.owner;

/** The API did not do what a command asked. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Of an answer.
   *
   * @param status its HTTP status
   * @param detail what is wrong, one line for a person
   */
  RefusedException(int status, String detail) {
    super(detail);
    this.status = status;
  }

  /**
   * What kind of problem it is.
   *
   * @return the HTTP status
   */
  public int status() {
    return status;
  }
}
