package io.schedulerworker.model;

/** A request bears the name of an earlier one that asked for something else. Nothing was done. */
public final class RequestConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of a request. */
  public RequestConflictException() {
    super("this idempotency key stands for another request of the last 24 hours: use a new key");
  }
}
