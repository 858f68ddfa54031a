package io.schedulerworker.app.api;

import io.schedulerworker.JobHandle;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Request;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiSelection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Starting a job by hand. */
public final class TriggerRoutes {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final int LONGEST_KEY = 256;
  private static final String WAIT = "wait";

  private final SchedulerWorker worker;

  /**
   * Jobs of a scheduler.
   *
   * @param worker starts them
   */
  public TriggerRoutes(SchedulerWorker worker) {
    this.worker = worker;
  }

  /**
   * What is served.
   *
   * @return the route for {@code /api/trigger}
   */
  public List<Route> routes() {
    return List.of(
        Route.deferred("POST", "/api/trigger", Access.KEY, Failed.explainedLater(this::trigger)));
  }

  private CompletionStage<Response> trigger(Request request) {
    boolean wait = Query.of(request, Set.of(WAIT))
        .find(WAIT, TriggerRoutes::truth, "true or false")
        .orElse(false);
    JobHandle job =
        start(idempotencyKey(request), TriggerBody.read(request.body().text()));
    return wait
        ? job.settled().thenApply(TriggerRoutes::settled)
        : CompletableFuture.completedStage(accepted(job));
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static @Nullable String idempotencyKey(Request request) {
    String key = request.header(IDEMPOTENCY_KEY);
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw new ProblemException(
          400, IDEMPOTENCY_KEY + " must have 1 to " + LONGEST_KEY + " characters");
    }
    return key;
  }

  private JobHandle start(@Nullable String key, KpiSelection selection) {
    try {
      return key == null ? worker.runNow(selection) : worker.runOnce(key, selection);
    } catch (IllegalStateException e) {
      throw worker.isClosed() ? new ProblemException(503, "the scheduler is stopping") : e;
    }
  }

  private static Response accepted(JobHandle job) {
    String body = "{\"traceId\":\"%s\",\"kpiCount\":%d}".formatted(job.traceId(), job.kpiCount());
    return Response.json(202, body).withHeader("Location", "/api/jobs/" + job.traceId());
  }

  private static Response settled(JobRecord job) {
    return Response.json(200, JobRecordJson.write(job));
  }
}
