package io.schedulerworker.simulation;

/** What a JVM throws that has no memory or no thread left: an error, of which the process does not die. */
final class Broken extends VirtualMachineError {
  private static final long serialVersionUID = 1L;

  Broken() {
    super("simulated lack of memory");
  }
}
