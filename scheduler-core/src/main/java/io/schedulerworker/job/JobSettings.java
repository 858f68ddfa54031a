package io.schedulerworker.job;

import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.port.CallbackUrls;
import io.schedulerworker.port.Ttl;
import java.time.Duration;

/**
 * What all jobs have in common.
 *
 * @param environment for the record and the payload
 * @param completion what a 2xx answer means
 * @param delivery what becomes of calls without a recorded outcome
 * @param retention how long records live
 * @param registryMaxAge how long the last good registry stands in for one that is out of reach
 * @param storeTimeout bounds a call of a store, and all calls for which a person waits
 * @param storePatience how long an outcome is tried to be stored while the store is away
 * @param lease how long a lease holds without a renewal
 * @param owner the name of this process
 * @param jobTimeout how long after a job's last call the ends of its workflows are waited for; zero: for ever
 * @param retryUnfinished whether a KPI whose end is not reported in time is driven again, once
 * @param callbacks where workflows report their ends
 * @param ownRegistry whether the registry is this process's alone, so that each job has to bring along whom it calls
 */
public record JobSettings(
    String environment,
    CompletionMode completion,
    Delivery delivery,
    Duration retention,
    Duration registryMaxAge,
    Duration storeTimeout,
    Duration storePatience,
    Duration lease,
    String owner,
    Duration jobTimeout,
    boolean retryUnfinished,
    CallbackUrls callbacks,
    boolean ownRegistry) {

  private static final int CALLS_PER_STEP = 6;

  /**
   * Bounds several calls of a store in a row for which no person waits.
   *
   * @return long enough for each to take as long as one may
   */
  public Duration stepTimeout() {
    return storeTimeout.multipliedBy(CALLS_PER_STEP);
  }

  Ttl life() {
    return Ttl.of(retention);
  }
}
