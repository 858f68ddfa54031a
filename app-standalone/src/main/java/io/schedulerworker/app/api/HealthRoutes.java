package io.schedulerworker.app.api;

import io.schedulerworker.app.api.Health.Report;
import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.Handler;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.app.http.Routine;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How the service is, for people, load balancers and whatever restarts it. */
public final class HealthRoutes {
  private static final Response ALIVE = uncached(Response.json(200, "{\"status\":\"alive\"}"));

  private final Health health;
  private final String version;

  /**
   * The health of a service.
   *
   * @param health knows
   * @param version of this program
   */
  public HealthRoutes(Health health, String version) {
    this.health = health;
    this.version = version;
  }

  /**
   * What is served.
   *
   * @return routes for {@code /api/health}
   */
  public List<Route> routes() {
    return List.of(
        probe("/api/health", request -> health.report().thenApply(this::answer)),
        probe("/api/health/live", request -> CompletableFuture.completedStage(ALIVE)));
  }

  /** Somebody asks every second, and again when all is not well. */
  private static Route probe(String path, Handler.Prompt handler) {
    return Route.prompt("GET", path, Access.OPEN, handler).withRoutine(Routine.ALL);
  }

  private Response answer(Report report) {
    return uncached(Response.json(report.state().httpStatus, HealthJson.write(report, version)));
  }

  private static Response uncached(Response response) {
    return response.withHeader("Cache-Control", "no-store");
  }
}
