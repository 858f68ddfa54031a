package io.schedulerworker.app.http;

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
        4);
  }

  static HttpService with(Route... routes) throws IOException {
    return HttpService.start("127.0.0.1", 0, ApiKey.of(KEY), List.of(routes));
  }

  static HttpService with(Limits limits, Route... routes) throws IOException {
    return HttpService.start("127.0.0.1", 0, ApiKey.of(KEY), List.of(routes), limits);
  }
}
