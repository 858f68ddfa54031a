package io.schedulerworker.app;

/**
 * Keeps the JDK's asynchronous code from starting a thread for every task. With one or two processors the common pool
 * has a parallelism of 1, and {@code CompletableFuture} then does just that, which costs the HTTP client more than half
 * of its speed on JDK 17.
 */
final class CommonPool {
  private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";
  private static final int ENOUGH_FOR_A_POOL = 2;

  private CommonPool() {}

  /** Must run before anything uses the pool. A value that the operator set stays. */
  static void widen() {
    boolean narrow = Runtime.getRuntime().availableProcessors() <= ENOUGH_FOR_A_POOL;
    if (narrow && System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, String.valueOf(ENOUGH_FOR_A_POOL));
    }
  }
}
