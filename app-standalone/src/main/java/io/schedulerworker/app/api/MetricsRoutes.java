package io.schedulerworker.app.api;

import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.app.metrics.Exposition;
import io.schedulerworker.app.metrics.Metrics;
import java.util.List;

/** What the service counts and times, for Prometheus. */
public final class MetricsRoutes {
  private final Metrics metrics;
  private final Access access;

  /**
   * The metrics of a service.
   *
   * @param metrics what is shown
   * @param access who may see it
   */
  public MetricsRoutes(Metrics metrics, Access access) {
    this.metrics = metrics;
    this.access = access;
  }

  /**
   * What is served.
   *
   * @return the route for {@code /metrics}
   */
  public List<Route> routes() {
    return List.of(Route.prompt(
        "GET",
        "/metrics",
        access,
        request -> metrics.scrape(request.header("Accept")).thenApply(MetricsRoutes::answer)));
  }

  private static Response answer(Exposition exposition) {
    return Response.of(200, exposition.contentType(), exposition.text())
        .withHeader("Cache-Control", "no-store");
  }
}
