package io.schedulerworker.app.http;

import io.schedulerworker.port.Clock;
import io.schedulerworker.system.SystemClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Services on loopback with routes of the tests' own. */
final class Services {
  static final String KEY = "s3cret-ключ";

  private Services() {}

  static final Route HEALTH = Route.prompt(
      "GET",
      "/api/health",
      Access.OPEN,
      request -> CompletableFuture.completedFuture(Response.json(200, "{\"status\":\"healthy\"}")));

  static final Route ECHO = Route.blocking(
      "POST", "/echo", Access.OPEN, request -> Response.json(200, request.body().text()));

  /** Bounds as usual, but short, so that tests need not wait for ten seconds. */
  static Limits hasty() {
    return new Limits(
        Duration.ofMillis(600),
        Duration.ofMillis(600),
        16 << 10,
        Duration.ofSeconds(5),
        Limits.USUAL.connections(),
        Limits.USUAL.bodyMemory(),
        4,
        4,
        Limits.USUAL.patience());
  }

  /** With the one key, no page, and no line for requests. */
  static HttpOptions options() {
    return options(LoggedRequests.NONE, new SystemClock(), ApiKey.of("tests", KEY, false));
  }

  static HttpOptions options(LoggedRequests logged, Clock clock, ApiKey... keys) {
    List<ApiKey> all = List.of(keys);
    return new HttpOptions(ApiKeys.of(() -> all), List.of(), logged, clock);
  }

  static HttpService with(Route... routes) throws IOException {
    return with(options(), routes);
  }

  static HttpService with(HttpOptions options, Route... routes) throws IOException {
    return HttpService.start("127.0.0.1", 0, options, List.of(routes));
  }

  static HttpService with(Limits limits, Route... routes) throws IOException {
    return HttpService.start("127.0.0.1", 0, options(), List.of(routes), limits);
  }
}
