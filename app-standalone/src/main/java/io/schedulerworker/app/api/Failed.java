package io.schedulerworker.app.api;

import io.schedulerworker.app.http.Handler;
import io.schedulerworker.app.http.Problem;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.RequestConflictException;
import io.schedulerworker.port.KvStoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What the failures of the core are in HTTP. */
final class Failed {
  private static final String RETRY_AFTER_SECONDS = "5";

  private Failed() {}

  /** The same handler, whose failures a client understands. */
  static Handler.Blocking explained(Handler.Blocking handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (RuntimeException e) {
        return response(e);
      }
    };
  }

  /** The same handler, whose failures, now and later, a client understands. */
  static Handler.Deferred explainedLater(Handler.Deferred handler) {
    return request -> {
      try {
        return handler.handle(request).exceptionally(Failed::later);
      } catch (RuntimeException e) {
        return CompletableFuture.completedStage(response(e));
      }
    };
  }

  private static Response later(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return later(failure.getCause());
    }
    if (failure instanceof RuntimeException e) {
      return response(e);
    }
    throw new CompletionException(failure);
  }

  /** The answer, or the failure itself where it is a defect. */
  static Response response(RuntimeException e) {
    if (e instanceof KvStoreException) {
      return unavailable(String.valueOf(e.getMessage()));
    }
    if (e instanceof NoJobException noJob) {
      return Problem.of(422, String.valueOf(e.getMessage()))
          .with("reason", noJob.reason().text())
          .toResponse();
    }
    if (e instanceof RequestConflictException) {
      return Problem.of(422, String.valueOf(e.getMessage())).toResponse();
    }
    if (e instanceof ProblemException problem) {
      return problem.problem().toResponse();
    }
    throw e;
  }

  static Response unavailable(String detail) {
    return Problem.of(503, detail).toResponse().withHeader("Retry-After", RETRY_AFTER_SECONDS);
  }
}
