package io.schedulerworker.job;

import io.schedulerworker.model.CompletionMode;
import java.time.Duration;

/**
 * What all jobs have in common.
 *
 * @param environment for the record and the payload
 * @param completion what a 2xx answer means
 * @param retention how long records live
 * @param registryMaxAge how long the last good registry stands in for one that is out of reach
 * @param storeTimeout bounds the store calls of one step
 */
public record JobSettings(
    String environment,
    CompletionMode completion,
    Duration retention,
    Duration registryMaxAge,
    Duration storeTimeout) {}
