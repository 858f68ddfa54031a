package io.schedulerworker.app.io;

/** A file cannot be had. The message is one line for the user. */
public final class UnreadableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * With what is wrong.
   *
   * @param message one line for the user
   */
  public UnreadableFileException(String message) {
    super(message, null, false, false);
  }
}
