package io.schedulerworker.app;

/** A mistake that the user can put right. The message is one line: what, where, what to do. */
final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserException(String message) {
    super(message);
  }
}
