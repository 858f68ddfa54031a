package io.schedulerworker.app.alerts;

/**
 * Where whoever watches something says that it is the matter, and that it is no more. Each is told once, and again after
 * {@code alerts.repeat_after} while it lasts: it may be raised as often as one likes. Thread-safe; never blocks.
 */
public interface Conditions {
  /** Tells nobody. */
  Conditions NONE = new Conditions() {
    @Override
    public void raise(AlertKind kind, String subject, Severity severity, String summary) {}

    @Override
    public void resolve(AlertKind kind, String subject) {}
  };

  /**
   * Something is the matter. Raised already, it gets a newer summary.
   *
   * @param kind a condition
   * @param subject what it is about: the id of a schedule, a host with its port, the name of a store
   * @param severity how bad it is
   * @param summary one line for a person, which names the subject; no secret
   * @throws IllegalArgumentException if the kind is an event
   */
  void raise(AlertKind kind, String subject, Severity severity, String summary);

  /**
   * It is no more. Does nothing for what is not raised.
   *
   * @param kind a condition
   * @param subject as it was raised
   */
  void resolve(AlertKind kind, String subject);
}
