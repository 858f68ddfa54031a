package io.schedulerworker.model;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * How webhooks are called: how many at a time, how often again, how long to wait. {@link #DEFAULT} has the contract's
 * defaults, {@link #builder()} changes some of them.
 *
 * @param maxInFlightPerHost calls to one host at the same time, at least 1; empty, the default, for a limit that follows
 *     how long the host takes to answer, between 2 and 32
 * @param maxPerSecondPerHost attempts that begin at one host in a second, at least 1; empty, the default, for no limit
 * @param retries attempts beyond the first that one KPI gets at most, at least 0; 3 by default. What a closed door costs
 *     is not counted: waiting for a webhook that is not registered, for a time the server asked for, for a circuit
 *     breaker
 * @param retryDelays the waits before the retries, the last one repeated; not empty; 1, 2 and 4 s by default. A wait is
 *     up to a quarter shorter or longer, by a hash of job, KPI and attempt
 * @param retryShare the part of the calls to a host within a minute that may be retries, from 0 to 1; 0.2 by default.
 *     Retries beyond it wait
 * @param retriesPerSecond retries to a host that are allowed in each second whatever the share, at least 1; 10 by
 *     default
 * @param retryUnknown whether a call that may have arrived is repeated, at the risk of running a workflow twice; false
 *     by default
 * @param retryWorkflowError whether a workflow that ran and failed is started again; false by default
 * @param notRegisteredFor how long a webhook that n8n does not know is tried again; 60 s by default
 * @param closedDoorDeadline how long a host whose door is closed is waited for; 10 min by default
 * @param giveUpHostAfter how long a host that its circuit breaker has found dead is waited for; 60 s by default
 */
public record DispatchPolicy(
    OptionalInt maxInFlightPerHost,
    OptionalInt maxPerSecondPerHost,
    int retries,
    List<Duration> retryDelays,
    double retryShare,
    int retriesPerSecond,
    boolean retryUnknown,
    boolean retryWorkflowError,
    Duration notRegisteredFor,
    Duration closedDoorDeadline,
    Duration giveUpHostAfter) {

  /** The contract's defaults. */
  public static final DispatchPolicy DEFAULT = new Builder().build();

  /**
   * Copies the delays.
   *
   * @param maxInFlightPerHost as above
   * @param maxPerSecondPerHost as above
   * @param retries as above
   * @param retryDelays as above
   * @param retryShare as above
   * @param retriesPerSecond as above
   * @param retryUnknown as above
   * @param retryWorkflowError as above
   * @param notRegisteredFor as above
   * @param closedDoorDeadline as above
   * @param giveUpHostAfter as above
   * @throws IllegalArgumentException if a value is out of its bounds; the message names it
   */
  public DispatchPolicy {
    retryDelays = List.copyOf(retryDelays);
    check(maxInFlightPerHost.orElse(1) >= 1, "maxInFlightPerHost must be at least 1");
    check(maxPerSecondPerHost.orElse(1) >= 1, "maxPerSecondPerHost must be at least 1");
    check(retries >= 0, "retries must be at least 0");
    check(!retryDelays.isEmpty(), "retryDelays must name at least one delay");
    check(retryDelays.stream().noneMatch(Duration::isNegative), "retryDelays must not be negative");
    check(retryShare >= 0 && retryShare <= 1, "retryShare must be from 0 to 1");
    check(retriesPerSecond >= 1, "retriesPerSecond must be at least 1");
    check(!notRegisteredFor.isNegative(), "notRegisteredFor must not be negative");
    check(!closedDoorDeadline.isNegative(), "closedDoorDeadline must not be negative");
    check(!giveUpHostAfter.isNegative(), "giveUpHostAfter must not be negative");
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * The wait before a retry, without jitter.
   *
   * @param retry 1 for the first retry
   * @return the delay; beyond the list, its last
   */
  public Duration delayBefore(int retry) {
    return retryDelays.get(Math.min(retry, retryDelays.size()) - 1);
  }

  /**
   * A builder that has the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Changes some of the defaults. Not thread-safe; bounds are checked by {@link #build()}. */
  public static final class Builder {
    private OptionalInt maxInFlightPerHost = OptionalInt.empty();
    private OptionalInt maxPerSecondPerHost = OptionalInt.empty();
    private int retries = 3;
    private List<Duration> retryDelays =
        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    private double retryShare = 0.2;
    private int retriesPerSecond = 10;
    private boolean retryUnknown;
    private boolean retryWorkflowError;
    private Duration notRegisteredFor = Duration.ofSeconds(60);
    private Duration closedDoorDeadline = Duration.ofMinutes(10);
    private Duration giveUpHostAfter = Duration.ofSeconds(60);

    private Builder() {}

    /**
     * Sets a fixed limit on calls in flight.
     *
     * @param most calls to one host at the same time, at least 1
     * @return this
     */
    public Builder maxInFlightPerHost(int most) {
      maxInFlightPerHost = OptionalInt.of(most);
      return this;
    }

    /**
     * Sets a limit on the rate of calls.
     *
     * @param most attempts that begin at one host in a second, at least 1
     * @return this
     */
    public Builder maxPerSecondPerHost(int most) {
      maxPerSecondPerHost = OptionalInt.of(most);
      return this;
    }

    /**
     * Sets how often and when a KPI is tried again.
     *
     * @param most attempts beyond the first, at least 0
     * @param delays the waits before them, at least one
     * @return this
     */
    public Builder retries(int most, List<Duration> delays) {
      retries = most;
      retryDelays = delays;
      return this;
    }

    /**
     * Sets how many retries a host gets.
     *
     * @param share the part of the calls within a minute, from 0 to 1
     * @param perSecond those that are allowed in any case, at least 1
     * @return this
     */
    public Builder retryBudget(double share, int perSecond) {
      retryShare = share;
      retriesPerSecond = perSecond;
      return this;
    }

    /**
     * Sets what is done about calls that may have arrived.
     *
     * @param again whether they are repeated
     * @return this
     */
    public Builder retryUnknown(boolean again) {
      retryUnknown = again;
      return this;
    }

    /**
     * Sets what is done about workflows that ran and failed.
     *
     * @param again whether they are started again
     * @return this
     */
    public Builder retryWorkflowError(boolean again) {
      retryWorkflowError = again;
      return this;
    }

    /**
     * Sets how long a webhook that n8n does not know is tried again.
     *
     * @param most zero or more
     * @return this
     */
    public Builder notRegisteredFor(Duration most) {
      notRegisteredFor = most;
      return this;
    }

    /**
     * Sets how long a host whose door is closed is waited for.
     *
     * @param most zero or more
     * @return this
     */
    public Builder closedDoorDeadline(Duration most) {
      closedDoorDeadline = most;
      return this;
    }

    /**
     * Sets how long a dead host is waited for.
     *
     * @param most zero or more
     * @return this
     */
    public Builder giveUpHostAfter(Duration most) {
      giveUpHostAfter = most;
      return this;
    }

    /**
     * Makes the policy.
     *
     * @return the policy
     * @throws IllegalArgumentException if a value is out of its bounds; the message names it
     */
    public DispatchPolicy build() {
      return new DispatchPolicy(
          maxInFlightPerHost,
          maxPerSecondPerHost,
          retries,
          retryDelays,
          retryShare,
          retriesPerSecond,
          retryUnknown,
          retryWorkflowError,
          notRegisteredFor,
          closedDoorDeadline,
          giveUpHostAfter);
    }
  }
}
