package io.schedulerworker.app.api;

import io.schedulerworker.JobHandle;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Request;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.RequestUnderWayException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Starting a job by hand. */
public final class TriggerRoutes {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final int LONGEST_KEY = 256;
  private static final Duration FIRST_WAIT = Duration.ofMillis(10);

  /** After waits of 10 ms, twice that and so on, it has been 2.5 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

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

  private CompletionStage<Response> trigger(Request request) throws InterruptedException {
    boolean wait = StartedJob.isWaitedFor(request);
    JobHandle job =
        start(idempotencyKey(request), selection(KpiIdsBody.read(request.body().text())));
    return StartedJob.answer(job, wait);
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

  private JobHandle start(@Nullable String key, KpiSelection selection)
      throws InterruptedException {
    try {
      return key == null ? worker.runNow(selection) : runOnce(key, selection);
    } catch (IllegalStateException e) {
      throw worker.isClosed() ? new ProblemException(503, "the scheduler is stopping") : e;
    }
  }

  /** Whoever sends a request twice at the same time is told of the job that the other one makes. */
  private JobHandle runOnce(String key, KpiSelection selection) throws InterruptedException {
    Duration waited = Duration.ZERO;
    Duration wait = FIRST_WAIT;
    while (true) {
      try {
        return worker.runOnce(key, selection);
      } catch (RequestUnderWayException e) {
        if (waited.compareTo(PATIENCE) >= 0) {
          throw e;
        }
      }
      Thread.sleep(wait.toMillis());
      waited = waited.plus(wait);
      wait = wait.multipliedBy(2);
    }
  }
}
