package io.schedulerworker.app;

import java.util.function.Supplier;

/** Work to be done when the process is told to end while it is busy. */
final class ShutdownHook {
  private ShutdownHook() {}

  /**
   * Does something that a signal may cut short.
   *
   * @param onSignal what to do then; the process ends after it, whatever the task does
   * @param task what to do
   * @return the task's result
   */
  static <T> T guard(Runnable onSignal, Supplier<T> task) {
    Thread hook = new Thread(onSignal, "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return task.get();
    } finally {
      release(hook);
    }
  }

  private static void release(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending and the hook is at work: what it needs must stay open until it is
      // done.
      awaitEnd(hook);
    }
  }

  private static void awaitEnd(Thread hook) {
    try {
      hook.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
