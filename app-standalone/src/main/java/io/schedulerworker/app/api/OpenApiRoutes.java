package io.schedulerworker.app.api;

import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** The description of the API, as OpenAPI has it, for programs. */
public final class OpenApiRoutes {
  private static final String FILE = "openapi.yaml";

  private final Access access;

  /**
   * The description that is in the jar.
   *
   * @param access who may see it
   */
  public OpenApiRoutes(Access access) {
    this.access = access;
  }

  /**
   * What is served.
   *
   * @return the route for {@code /api/openapi.yaml}
   */
  public List<Route> routes() {
    return List.of(Route.prompt(
        "GET", "/api/" + FILE, access, request -> CompletableFuture.completedStage(answer())));
  }

  private static Response answer() {
    return Response.of(200, "application/yaml", read());
  }

  private static byte[] read() {
    try (InputStream in = OpenApiRoutes.class.getResourceAsStream(FILE)) {
      return Objects.requireNonNull(in, FILE).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + FILE, e);
    }
  }
}
