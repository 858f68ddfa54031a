package io.schedulerworker.app.api;

import io.schedulerworker.JobHandle;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Request;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.model.TraceId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Driving KPIs of a job again. */
public final class RetryRoutes {
  private final SchedulerWorker worker;

  /**
   * Jobs of a scheduler.
   *
   * @param worker drives them again, whichever process made them
   */
  public RetryRoutes(SchedulerWorker worker) {
    this.worker = worker;
  }

  /**
   * What is served.
   *
   * @return the route for {@code /api/jobs/{traceId}/retry}
   */
  public List<Route> routes() {
    return List.of(Route.deferred(
        "POST", "/api/jobs/{traceId}/retry", Access.KEY, Failed.explainedLater(this::retry)));
  }

  private CompletionStage<Response> retry(Request request) {
    boolean wait = StartedJob.isWaitedFor(request);
    TraceId traceId = JobRoutes.traceId(request.pathParameter("traceId"));
    List<String> kpiIds = KpiIdsBody.read(request.body().text());
    return StartedJob.answer(retry(traceId, kpiIds, JobRoutes.caller(request)), wait);
  }

  private JobHandle retry(TraceId traceId, List<String> kpiIds, String by) {
    try {
      return worker.retry(traceId, kpiIds, by);
    } catch (IllegalStateException e) {
      throw worker.isClosed() ? new ProblemException(503, "the scheduler is stopping") : e;
    }
  }
}
