package io.schedulerworker.model;

import java.time.Duration;
import java.util.List;

/**
 * How webhooks are called: how many at a time, how often again, how long to wait. {@link #DEFAULT} has the contract's
 * defaults; the {@code with} methods change one of them.
 *
 * @param maxInFlightPerHost calls to one host at the same time, at least 1; 16 by default
 * @param retries attempts beyond the first that one KPI gets at most, at least 0; 3 by default
 * @param retryDelays the waits before the retries, the last one repeated; not empty; 1, 2 and 4 s by default. A wait is
 *     up to a quarter shorter or longer, by a hash of job, KPI and attempt
 * @param retryUnknown whether a call that may have arrived is repeated, at the risk of running a workflow twice; false
 *     by default
 * @param retryWorkflowError whether a workflow that ran and failed is started again; false by default
 * @param notRegisteredFor how long a webhook that n8n does not know is tried again; 60 s by default
 * @param closedDoorDeadline how long a host that asked to be left alone is waited for; 10 min by default
 */
public record DispatchPolicy(
    int maxInFlightPerHost,
    int retries,
    List<Duration> retryDelays,
    boolean retryUnknown,
    boolean retryWorkflowError,
    Duration notRegisteredFor,
    Duration closedDoorDeadline) {

  /** The contract's defaults. */
  public static final DispatchPolicy DEFAULT = new DispatchPolicy(
      16,
      3,
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)),
      false,
      false,
      Duration.ofSeconds(60),
      Duration.ofMinutes(10));

  /**
   * Copies the delays.
   *
   * @param maxInFlightPerHost as above
   * @param retries as above
   * @param retryDelays as above
   * @param retryUnknown as above
   * @param retryWorkflowError as above
   * @param notRegisteredFor as above
   * @param closedDoorDeadline as above
   * @throws IllegalArgumentException if a value is out of its bounds; the message names it
   */
  public DispatchPolicy {
    retryDelays = List.copyOf(retryDelays);
    check(maxInFlightPerHost >= 1, "maxInFlightPerHost must be at least 1");
    check(retries >= 0, "retries must be at least 0");
    check(!retryDelays.isEmpty(), "retryDelays must name at least one delay");
    check(retryDelays.stream().noneMatch(Duration::isNegative), "retryDelays must not be negative");
    check(!notRegisteredFor.isNegative(), "notRegisteredFor must not be negative");
    check(!closedDoorDeadline.isNegative(), "closedDoorDeadline must not be negative");
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
   * This policy with another limit on calls in flight.
   *
   * @param most calls to one host at the same time, at least 1
   * @return the changed policy
   */
  public DispatchPolicy withMaxInFlightPerHost(int most) {
    return new DispatchPolicy(
        most,
        retries,
        retryDelays,
        retryUnknown,
        retryWorkflowError,
        notRegisteredFor,
        closedDoorDeadline);
  }

  /**
   * This policy with other retries.
   *
   * @param most attempts beyond the first, at least 0
   * @param delays the waits before them, at least one
   * @return the changed policy
   */
  public DispatchPolicy withRetries(int most, List<Duration> delays) {
    return new DispatchPolicy(
        maxInFlightPerHost,
        most,
        delays,
        retryUnknown,
        retryWorkflowError,
        notRegisteredFor,
        closedDoorDeadline);
  }

  /**
   * This policy with another answer to calls that may have arrived.
   *
   * @param again whether they are repeated
   * @return the changed policy
   */
  public DispatchPolicy withRetryUnknown(boolean again) {
    return new DispatchPolicy(
        maxInFlightPerHost,
        retries,
        retryDelays,
        again,
        retryWorkflowError,
        notRegisteredFor,
        closedDoorDeadline);
  }

  /**
   * This policy with another answer to workflows that ran and failed.
   *
   * @param again whether they are started again
   * @return the changed policy
   */
  public DispatchPolicy withRetryWorkflowError(boolean again) {
    return new DispatchPolicy(
        maxInFlightPerHost,
        retries,
        retryDelays,
        retryUnknown,
        again,
        notRegisteredFor,
        closedDoorDeadline);
  }
}
