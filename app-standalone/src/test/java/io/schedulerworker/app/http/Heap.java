package io.schedulerworker.app.http;

/** The heap after a collection. */
final class Heap {
  private Heap() {}

  static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
