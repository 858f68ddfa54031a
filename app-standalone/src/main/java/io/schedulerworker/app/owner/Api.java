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

  @Override
  void close();
}
