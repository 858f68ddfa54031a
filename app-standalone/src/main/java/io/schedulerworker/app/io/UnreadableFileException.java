package io.schedulerworker.app.io;

/** A file cannot be had, or what is in it cannot be used. The message is one line for the user. */
public class UnreadableFileException extends Exception {
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
