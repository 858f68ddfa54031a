package io.schedulerworker.app.owner;

/** The process that owns a store does not answer. */
public final class OwnerSilentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Of an owner.
   *
   * @param message one line for a person: whose store it is, what happened, what to do
   */
  public OwnerSilentException(String message) {
    super(message);
  }
}
