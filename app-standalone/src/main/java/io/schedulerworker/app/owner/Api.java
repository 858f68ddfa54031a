package io.schedulerworker.app.owner;

/** The API, as commands use it: of this process, on stores of its own, or of the one that owns the stores. */
public interface Api extends AutoCloseable {
  /**
   * Calls it and waits for what it says.
   *
   * @param call what to do
   * @return the answer, be it a problem
   * @throws OwnerSilentException if the owner does not answer
   */
  Reply send(Call call);

  /**
   * Whether no other process can have the stores as long as this is open.
   *
   * @return true for stores of this process's own that one process at a time can have
   */
  boolean keepsOthersOut();

  @Override
  void close();
}
