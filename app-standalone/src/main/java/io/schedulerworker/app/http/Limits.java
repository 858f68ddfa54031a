package io.schedulerworker.app.http;

import java.time.Duration;

/**
 * What a client may cost.
 *
 * @param headTime from the first byte of a head to its last
 * @param transferTime what a body, or an answer to a slow reader, may take beside its size at {@code transferRate}
 * @param transferRate bytes a second that a body must come with, and an answer be taken with, on average
 * @param idleTime how long a connection may be silent between requests
 * @param connections how many there may be; beyond, those that have been silent for longest are closed
 * @param bodyMemory bytes that all bodies may have together
 * @param workers threads for handlers that wait
 * @param waiting requests that may wait for one of those threads: ends of workflows come all at once
 * @param patience how long one of them waits at most
 */
record Limits(
    Duration headTime,
    Duration transferTime,
    int transferRate,
    Duration idleTime,
    int connections,
    long bodyMemory,
    int workers,
    int waiting,
    Duration patience) {
  /** Bytes of a request's line and headers. */
  static final int HEAD = 16 << 10;

  static final Limits USUAL = new Limits(
      Duration.ofSeconds(10),
      Duration.ofSeconds(10),
      16 << 10,
      Duration.ofSeconds(30),
      2_000,
      Runtime.getRuntime().maxMemory() / 3,
      16,
      1_000,
      Duration.ofSeconds(10));

  /** What the transfer of so many bytes may take. */
  long transferNanos(long bytes) {
    return transferTime.toNanos() + bytes * 1_000_000_000L / transferRate;
  }

  Duration shortestTime() {
    return headTime.compareTo(transferTime) < 0 ? headTime : transferTime;
  }
}
