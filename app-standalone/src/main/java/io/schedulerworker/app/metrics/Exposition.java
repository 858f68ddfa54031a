package io.schedulerworker.app.metrics;

import org.jspecify.annotations.Nullable;

/**
 * All metrics of a moment, in a format that Prometheus reads.
 *
 * @param contentType which one
 * @param text in UTF-8, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record Exposition(String contentType, byte[] text) {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  /** The format that a client asks for by its header {@code Accept}: OpenMetrics if it names that. */
  static String format(@Nullable String accept) {
    return accept != null && accept.contains("application/openmetrics-text")
        ? OPEN_METRICS
        : PROMETHEUS;
  }
}
