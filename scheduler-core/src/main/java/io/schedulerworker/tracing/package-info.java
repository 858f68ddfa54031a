/**
 * Spans for jobs and calls, by OpenTelemetry, where its API is on the class path. Nothing outside of this package knows
 * OpenTelemetry, and nothing in it but {@link io.schedulerworker.tracing.Tracing} is touched without it.
 */
@NullMarked
package io.schedulerworker.tracing;

import org.jspecify.annotations.NullMarked;
