package io.schedulerworker.model;

/** A text does not have the format that the contract gives it. The message says where and what is expected. */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Of a text at fault.
   *
   * @param message one line for a person
   */
  public FormatException(String message) {
    super(message);
  }
}
