package io.schedulerworker.app.api;

import io.schedulerworker.JobHandle;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Request;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.port.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starting a job by hand. */
public final class TriggerRoutes {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final int LONGEST_KEY = 256;

  private final SchedulerWorker worker;
  private final NamedRequests named;

  /**
   * Jobs of a scheduler.
   *
   * @param worker starts them
   * @param clock says when to look again for a job that is just being made
   * @param executor looks
   */
  public TriggerRoutes(SchedulerWorker worker, Clock clock, Executor executor) {
    this.worker = worker;
    this.named = new NamedRequests(this::runOnce, clock, executor);
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
    boolean wait = StartedJob.isWaitedFor(request);
    return start(
            idempotencyKey(request), selection(KpiIdsBody.read(request.body().text())))
        .thenCompose(job -> StartedJob.answer(job, wait));
  }

  private static KpiSelection selection(List<String> ids) {
    return ids.isEmpty() ? KpiSelection.all() : KpiSelection.ofIds(ids);
  }

  private static @Nullable String idempotencyKey(Request request) {
    List<String> keys = request.headers(IDEMPOTENCY_KEY).stream().distinct().toList();
    if (keys.size() > 1) {
      throw new ProblemException(400, "the request has more than one " + IDEMPOTENCY_KEY);
    }
    String key = keys.isEmpty() ? null : keys.get(0);
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw new ProblemException(
          400, IDEMPOTENCY_KEY + " must have 1 to " + LONGEST_KEY + " characters");
    }
    return key;
  }

  private CompletionStage<JobHandle> start(@Nullable String key, KpiSelection selection) {
    return key == null
        ? CompletableFuture.completedStage(whileOpen(() -> worker.runNow(selection)))
        : named.job(key, selection);
  }

  private JobHandle runOnce(String key, KpiSelection selection) {
    return whileOpen(() -> worker.runOnce(key, selection));
  }

  private JobHandle whileOpen(Supplier<JobHandle> start) {
    try {
      return start.get();
    } catch (IllegalStateException e) {
      throw worker.isClosed() ? new ProblemException(503, "the scheduler is stopping") : e;
    }
  }
}
