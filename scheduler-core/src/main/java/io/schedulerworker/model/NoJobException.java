package io.schedulerworker.model;

/**
 * No job can be made, as the registry is now. What throws it has written nothing and called nobody; what came before it
 * stands.
 */
public final class NoJobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SkipReason reason;

  /**
   * Of a reason.
   *
   * @param reason its kind
   * @param message one line for a person: what is wrong, where, what to do
   */
  public NoJobException(SkipReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * The kind of reason.
   *
   * @return never null
   */
  public SkipReason reason() {
    return reason;
  }
}
