package io.schedulerworker.app.api;

import io.schedulerworker.JobStore;
import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Request;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.json.JobPageJson;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JobQuery;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.Texts;
import io.schedulerworker.model.TraceId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Looking at jobs, and cancelling them. */
public final class JobRoutes {
  /** How many jobs a page has, unless asked otherwise. */
  public static final int USUAL_LIMIT = 20;

  private static final Set<String> FILTERS = Set.of("limit", "before", "status", "schedule");
  private static final String STATUSES = Arrays.stream(JobStatus.values())
      .map(JobStatus::text)
      .collect(Collectors.joining(", ", "one of ", ""));

  private final JobStore jobs;

  /**
   * The jobs in a store.
   *
   * @param jobs looks them up
   */
  public JobRoutes(JobStore jobs) {
    this.jobs = jobs;
  }

  /**
   * What is served.
   *
   * @return routes for {@code /api/jobs}
   */
  public List<Route> routes() {
    return List.of(
        Route.blocking("GET", "/api/jobs", Access.KEY, Failed.explained(this::list)),
        Route.blocking("GET", "/api/jobs/{traceId}", Access.KEY, Failed.explained(this::show)),
        Route.blocking(
            "POST", "/api/jobs/{traceId}/cancel", Access.KEY, Failed.explained(this::cancel)));
  }

  private Response list(Request request) {
    Query query = Query.of(request, FILTERS);
    JobQuery wanted = new JobQuery(
        query
            .find("limit", JobRoutes::limit, "a number from 1 to " + JobQuery.GREATEST_LIMIT)
            .orElse(USUAL_LIMIT),
        query.find("before", TraceId::new, "a trace id, as \"next\" of the page before has it"),
        query.find("status", JobRoutes::status, STATUSES),
        query.find("schedule", ScheduleId::new, "a schedule's id, or manual"));
    return Response.json(200, JobPageJson.write(jobs.list(wanted)));
  }

  private static int limit(String text) {
    int limit = Integer.parseInt(text);
    return JobQuery.newest(limit).limit();
  }

  private static JobStatus status(String text) {
    return Arrays.stream(JobStatus.values())
        .filter(status -> status.text().equals(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  private Response show(Request request) {
    TraceId traceId = traceId(request.pathParameter("traceId"));
    try {
      JobRecord job = jobs.find(traceId).orElseThrow(() -> unknown(traceId.value()));
      return Response.json(200, JobRecordJson.write(job));
    } catch (FormatException e) {
      throw new ProblemException(
          500, "what is stored under " + JobRecord.key(traceId) + " is wrong: " + e.getMessage());
    }
  }

  private Response cancel(Request request) {
    Query.of(request, Set.of());
    TraceId traceId = traceId(request.pathParameter("traceId"));
    jobs.cancel(traceId, caller(request));
    return Response.json(202, "{\"traceId\":\"" + traceId + "\"}")
        .withHeader("Location", "/api/jobs/" + traceId);
  }

  /** Who asks, as the record has it. */
  static String caller(Request request) {
    return request.caller().orElseThrow();
  }

  static TraceId traceId(String text) {
    try {
      return new TraceId(text);
    } catch (IllegalArgumentException e) {
      throw unknown(text);
    }
  }

  private static ProblemException unknown(String traceId) {
    return new ProblemException(404, "there is no job " + Texts.quote(traceId));
  }
}
