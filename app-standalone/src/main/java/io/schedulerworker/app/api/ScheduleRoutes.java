package io.schedulerworker.app.api;

import io.schedulerworker.ScheduleStore;
import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Request;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.Texts;
import io.schedulerworker.port.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looking at schedules, pausing and resuming them. */
public final class ScheduleRoutes {
  private final ScheduleStore schedules;
  private final Clock clock;

  /**
   * The schedules in a store.
   *
   * @param schedules looks them up and changes them
   * @param clock tells which fire is next
   */
  public ScheduleRoutes(ScheduleStore schedules, Clock clock) {
    this.schedules = schedules;
    this.clock = clock;
  }

  /**
   * What is served.
   *
   * @return routes for {@code /api/schedules}
   */
  public List<Route> routes() {
    return List.of(
        Route.blocking("GET", "/api/schedules", Access.KEY, Failed.explained(this::list)),
        Route.blocking(
            "POST",
            "/api/schedules/{id}/pause",
            Access.KEY,
            Failed.explained(request -> change(request, schedules::pause))),
        Route.blocking(
            "POST",
            "/api/schedules/{id}/resume",
            Access.KEY,
            Failed.explained(request -> change(request, schedules::resume))));
  }

  private Response list(Request request) {
    return Response.json(200, ScheduleJson.write(schedules.all(), clock.now()));
  }

  private Response change(Request request, Function<ScheduleId, Optional<Ledger>> change) {
    String name = request.pathParameter("id");
    ScheduleId id = id(name);
    try {
      Ledger ledger = change.apply(id).orElseThrow(() -> unknown(name));
      return Response.json(200, ScheduleJson.write(id, ledger, clock.now()));
    } catch (FormatException e) {
      throw new ProblemException(
          500, "what is stored under " + Ledger.key(id) + " is wrong: " + e.getMessage());
    }
  }

  private ScheduleId id(String name) {
    try {
      return new ScheduleId(name);
    } catch (IllegalArgumentException e) {
      throw unknown(name);
    }
  }

  private ProblemException unknown(String name) {
    List<String> known =
        schedules.all().keySet().stream().map(ScheduleId::value).toList();
    String there =
        known.isEmpty() ? "none was ever started" : "there are " + String.join(", ", known);
    return new ProblemException(404, "there is no schedule " + Texts.quote(name) + "; " + there);
  }
}
