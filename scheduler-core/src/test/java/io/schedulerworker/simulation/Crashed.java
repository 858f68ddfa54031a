package io.schedulerworker.simulation;

/**
 * What every port throws once its process is dead: the code above it is unwound. An error, so that nothing in the core
 * takes it for a failure that it could deal with.
 */
final class Crashed extends Error {
  private static final long serialVersionUID = 1L;

  Crashed() {
    // Without a stack trace: there are many, and nobody reads them.
    super("the process is dead", null, false, false);
  }
}
