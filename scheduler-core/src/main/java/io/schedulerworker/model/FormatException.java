package io.schedulerworker.model;

/** A text does not have the format that the contract gives it. The message says where and what is expected. */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean malformed;

  private FormatException(String message, boolean malformed) {
    super(message);
    this.malformed = malformed;
  }

  /**
   * Of a text at fault, for all that is known well formed.
   *
   * @param message one line for a person
   */
  public FormatException(String message) {
    this(message, false);
  }

  /**
   * Of a text that is not even JSON.
   *
   * @param message one line for a person
   * @return the exception
   */
  public static FormatException malformed(String message) {
    return new FormatException(message, true);
  }

  /**
   * Whether the text is not even JSON.
   *
   * @return false if it is, but says the wrong things
   */
  public boolean isMalformed() {
    return malformed;
  }
}
