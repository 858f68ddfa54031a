package io.schedulerworker.app.api;

import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Request;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.RegistrySource;
import java.time.Duration;
import java.util.List;

/** Reading a registry that is not in CONFIG_KV but in a file, which is changed by those who own the file. */
public final class RegistryFileRoutes {
  private static final String PATH = "/api/registry";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RegistrySource file;
  private final Clock clock;

  /**
   * The registry in a file.
   *
   * @param file reads it
   * @param clock for deadlines
   */
  public RegistryFileRoutes(RegistrySource file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * What is served.
   *
   * @return routes for {@code /api/registry}
   */
  public List<Route> routes() {
    return List.of(
        Route.blocking("GET", PATH, Access.KEY, Failed.explained(this::read)),
        Route.blocking("PUT", PATH, Access.KEY, request -> {
          throw new ProblemException(
              409, "the registry is a file here (registry_file): change that file");
        }));
  }

  private Response read(Request request) {
    try {
      return file.read(Deadline.in(PATIENCE, clock))
          .map(text -> Response.json(200, text))
          .orElseThrow(() -> new ProblemException(404, "there is no registry"));
    } catch (FormatException e) {
      throw new ProblemException(422, String.valueOf(e.getMessage()));
    }
  }
}
