package io.schedulerworker.app.api;

import io.schedulerworker.JobHandle;
import io.schedulerworker.app.http.Request;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How whoever started a job is answered: at once, or when every call is settled. */
final class StartedJob {
  private static final String WAIT = "wait";

  private StartedJob() {}

  /** Whether a request asks for the second; it may ask for nothing else. */
  static boolean isWaitedFor(Request request) {
    return Query.of(request, Set.of(WAIT))
        .find(WAIT, StartedJob::truth, "true or false")
        .orElse(false);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  static CompletionStage<Response> answer(JobHandle job, boolean wait) {
    return wait
        ? job.settled().thenApply(StartedJob::settled)
        : CompletableFuture.completedStage(accepted(job));
  }

  private static Response accepted(JobHandle job) {
    String body = "{\"traceId\":\"%s\",\"kpiCount\":%d}".formatted(job.traceId(), job.kpiCount());
    return Response.json(202, body).withHeader("Location", "/api/jobs/" + job.traceId());
  }

  private static Response settled(JobRecord job) {
    return Response.json(200, JobRecordJson.write(job));
  }
}
