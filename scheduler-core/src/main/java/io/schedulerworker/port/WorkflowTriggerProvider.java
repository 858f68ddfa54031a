package io.schedulerworker.port;

/**
 * Opens the way to the workflows. Found by {@link java.util.ServiceLoader}; exactly one belongs on the class path.
 * Implementations have a public constructor without arguments.
 */
public interface WorkflowTriggerProvider {
  /**
   * Opens a trigger. Calls nobody yet.
   *
   * @param settings what to send and how long to wait
   * @return the trigger, to be closed by the caller
   * @throws IllegalArgumentException if a setting cannot be used, a key that no header can carry for example; the
   *     message does not show it
   */
  WorkflowTrigger open(TriggerSettings settings);
}
