package io.schedulerworker.port;

import io.schedulerworker.reach.Reach;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter needs to know to start workflows. {@link #builder} has defaults for all but the user agent.
 *
 * @param userAgent names the scheduler and its version
 * @param secrets keys and signing secrets as they are now; asked before every attempt, on many threads, so that they can
 *     change while calls are made. Must be quick and must not throw
 * @param tls how hosts are recognised, and recognise us, over https; null for the JVM's own trust and no certificate of
 *     ours
 * @param connectTimeout for a connection, more than zero; 5 s by default
 * @param responseTimeout for one attempt, from its start to the end of the answer, more than zero; 30 s by default
 * @param breaker when a host is taken for dead
 * @param reach which hosts may be called
 * @param calledHosts told of every call by name
 */
public record TriggerSettings(
    String userAgent,
    Supplier<TriggerSecrets> secrets,
    @Nullable SSLContext tls,
    Duration connectTimeout,
    Duration responseTimeout,
    BreakerSettings breaker,
    Reach reach,
    CalledHosts calledHosts) {
  /** The default time to wait for a connection. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The default time to wait for an answer. */
  public static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

  /**
   * Checks the timeouts.
   *
   * @param userAgent as above
   * @param secrets as above
   * @param tls as above
   * @param connectTimeout as above
   * @param responseTimeout as above
   * @param breaker as above
   * @param reach as above
   * @param calledHosts as above
   * @throws IllegalArgumentException if one is not more than zero
   */
  public TriggerSettings {
    check(connectTimeout, "connectTimeout");
    check(responseTimeout, "responseTimeout");
  }

  private static void check(Duration timeout, String name) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(name + " must be more than zero, not " + timeout);
    }
  }

  /**
   * Begins with the defaults: no key, no signature, the JVM's trust, all hosts that may be called by default.
   *
   * @param userAgent names the scheduler and its version
   * @return a builder
   */
  public static Builder builder(String userAgent) {
    return new Builder(userAgent);
  }

  /** Shows all but the secrets. */
  @Override
  public String toString() {
    return "TriggerSettings[userAgent=%s, secrets=***, tls=%s, connectTimeout=%s, responseTimeout=%s, breaker=%s, reach=%s]"
        .formatted(
            userAgent,
            tls == null ? "the JVM's" : "given",
            connectTimeout,
            responseTimeout,
            breaker,
            reach);
  }

  /** Puts settings together. Not thread-safe. */
  public static final class Builder {
    private final String userAgent;
    private Supplier<TriggerSecrets> secrets = () -> TriggerSecrets.NONE;
    private @Nullable SSLContext tls;
    private Duration connectTimeout = CONNECT_TIMEOUT;
    private Duration responseTimeout = RESPONSE_TIMEOUT;
    private @Nullable BreakerSettings breaker;
    private Reach reach = Reach.DEFAULT;
    private CalledHosts calledHosts = CalledHosts.NOBODY;

    private Builder(String userAgent) {
      this.userAgent = userAgent;
    }

    /**
     * One key, sent to all hosts as {@code Authorization: Bearer}; no signature.
     *
     * @param key the key; null for none
     * @return this
     * @throws IllegalArgumentException if no header can carry it; the message does not show it
     */
    public Builder apiKey(@Nullable String key) {
      TriggerSecrets secret = key == null
          ? TriggerSecrets.NONE
          : new TriggerSecrets(List.of(Credential.bearer(key)), List.of());
      return secrets(() -> secret);
    }

    /**
     * Keys and signing secrets.
     *
     * @param supplier asked before every attempt, see {@link TriggerSettings#secrets()}
     * @return this
     */
    public Builder secrets(Supplier<TriggerSecrets> supplier) {
      this.secrets = supplier;
      return this;
    }

    /**
     * How hosts are recognised over https.
     *
     * @param context trust, and perhaps a certificate of ours; names are checked whatever it trusts; null for the JVM's own
     * @return this
     */
    public Builder tls(@Nullable SSLContext context) {
      this.tls = context;
      return this;
    }

    /**
     * The time for a connection.
     *
     * @param timeout more than zero
     * @return this
     */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = timeout;
      return this;
    }

    /**
     * The time for one attempt.
     *
     * @param timeout more than zero
     * @return this
     */
    public Builder responseTimeout(Duration timeout) {
      this.responseTimeout = timeout;
      return this;
    }

    /**
     * When a host is taken for dead.
     *
     * @param settings the breaker's; by default {@link BreakerSettings#defaults} for the response timeout
     * @return this
     */
    public Builder breaker(BreakerSettings settings) {
      this.breaker = settings;
      return this;
    }

    /**
     * Which hosts may be called.
     *
     * @param hosts the rules
     * @return this
     */
    public Builder reach(Reach hosts) {
      this.reach = hosts;
      return this;
    }

    /**
     * Who is told which names are called.
     *
     * @param hosts told of every call by name
     * @return this
     */
    public Builder calledHosts(CalledHosts hosts) {
      this.calledHosts = hosts;
      return this;
    }

    /**
     * The settings.
     *
     * @return as they were put together
     * @throws IllegalArgumentException if a timeout is not more than zero
     */
    public TriggerSettings build() {
      check(responseTimeout, "responseTimeout");
      BreakerSettings judge = breaker == null ? BreakerSettings.defaults(responseTimeout) : breaker;
      return new TriggerSettings(
          userAgent, secrets, tls, connectTimeout, responseTimeout, judge, reach, calledHosts);
    }
  }
}
