package io.schedulerworker.port;

import io.schedulerworker.reach.Reach;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter needs to know to start workflows.
 *
 * @param userAgent names the scheduler and its version
 * @param apiKey sent with every call as {@code Authorization: Bearer}; null for none. Never shown
 * @param connectTimeout for a connection, more than zero; 5 s by default
 * @param responseTimeout for one attempt, from its start to the end of the answer, more than zero; 30 s by default
 * @param breaker when a host is taken for dead
 * @param reach which hosts may be called
 */
public record TriggerSettings(
    String userAgent,
    @Nullable String apiKey,
    Duration connectTimeout,
    Duration responseTimeout,
    BreakerSettings breaker,
    Reach reach) {
  /** The default time to wait for a connection. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The default time to wait for an answer. */
  public static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

  /**
   * Checks the timeouts.
   *
   * @param userAgent as above
   * @param apiKey as above
   * @param connectTimeout as above
   * @param responseTimeout as above
   * @param breaker as above
   * @param reach as above
   * @throws IllegalArgumentException if one is not more than zero
   */
  public TriggerSettings {
    check(connectTimeout, "connectTimeout");
    check(responseTimeout, "responseTimeout");
  }

  /**
   * Settings with the default circuit breaker, for all hosts that may be called by default.
   *
   * @param userAgent as above
   * @param apiKey as above
   * @param connectTimeout as above
   * @param responseTimeout as above
   * @throws IllegalArgumentException if a timeout is not more than zero
   */
  public TriggerSettings(
      String userAgent,
      @Nullable String apiKey,
      Duration connectTimeout,
      Duration responseTimeout) {
    this(
        userAgent,
        apiKey,
        connectTimeout,
        responseTimeout,
        BreakerSettings.defaults(atLeastANano(responseTimeout)),
        Reach.DEFAULT);
  }

  /** A timeout out of bounds is to be complained of by its own name. */
  private static Duration atLeastANano(Duration timeout) {
    return timeout.isZero() || timeout.isNegative() ? Duration.ofNanos(1) : timeout;
  }

  private static void check(Duration timeout, String name) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(name + " must be more than zero, not " + timeout);
    }
  }

  /** Shows all but the key. */
  @Override
  public String toString() {
    return "TriggerSettings[userAgent=%s, apiKey=%s, connectTimeout=%s, responseTimeout=%s, breaker=%s, reach=%s]"
        .formatted(
            userAgent,
            apiKey == null ? "none" : "***",
            connectTimeout,
            responseTimeout,
            breaker,
            reach);
  }
}
