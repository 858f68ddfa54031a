package io.schedulerworker.app.http;

import io.schedulerworker.port.Clock;
import java.util.List;

/**
 * How a service deals with its callers. Immutable.
 *
 * @param keys what callers of routes with {@link Access#KEY} need
 * @param origins the origins whose pages may call from browsers, as browsers send them; empty: none
 * @param logged which requests have a line in the log
 * @param clock measures how long requests take, and how long ago somebody failed
 */
public record HttpOptions(ApiKeys keys, List<String> origins, LoggedRequests logged, Clock clock) {
  /**
   * Copies the origins.
   *
   * @param keys as above
   * @param origins as above
   * @param logged as above
   * @param clock as above
   */
  public HttpOptions {
    origins = List.copyOf(origins);
  }
}
