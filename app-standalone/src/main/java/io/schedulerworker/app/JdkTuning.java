package io.schedulerworker.app;

/**
 * What the JDK's HTTP client needs to be told by system properties. What the operator has set stays.
 *
 * <p>With one or two processors the common pool has a parallelism of 1, and {@code CompletableFuture} then starts a thread
 * for every task, which costs the client more than half of its speed on JDK 17.
 *
 * <p>n8n closes a connection that was idle for 5 s, the client keeps it for 30 s: a call on a connection that is just
 * going away is lost, and nobody knows whether it arrived. So the client closes it first.
 */
final class JdkTuning {
  private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";
  private static final String KEEP_ALIVE_SECONDS = "jdk.httpclient.keepalive.timeout";
  private static final int ENOUGH_FOR_A_POOL = 2;

  private JdkTuning() {}

  /** Must run before anything uses the common pool or the HTTP client. */
  static void apply() {
    if (Runtime.getRuntime().availableProcessors() <= ENOUGH_FOR_A_POOL) {
      set(PARALLELISM, String.valueOf(ENOUGH_FOR_A_POOL));
    }
    set(KEEP_ALIVE_SECONDS, "3");
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
