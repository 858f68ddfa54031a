package io.schedulerworker.port;

import java.util.OptionalLong;

/** A store that one process at a time can have belongs to another one. */
public final class StoreInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient OptionalLong pid;

  /**
   * Of a store.
   *
   * @param message one line for a person: which store, whose it is, what to do
   * @param pid the owner's process id; empty if it is not known
   */
  public StoreInUseException(String message, OptionalLong pid) {
    super(message);
    this.pid = pid;
  }

  /**
   * Whose it is.
   *
   * @return the owner's process id; empty if it is not known
   */
  public OptionalLong pid() {
    return pid;
  }
}
