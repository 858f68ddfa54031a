package io.schedulerworker.app.api;

import io.schedulerworker.app.http.Handler;
import io.schedulerworker.app.http.Problem;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.RequestConflictException;
import io.schedulerworker.model.RequestUnderWayException;
import io.schedulerworker.port.KvStoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What the failures of the core are in HTTP. */
public final class Failed {
  /** The member of a problem that names its kind, where the status does not say enough. */
  public static final String REASON = "reason";

  /** The reason if a store refuses what it is asked, for example for a wrong password: to wait is no use. */
  public static final String STORE_REFUSES = "store refuses";

  private static final String RETRY_AFTER_SECONDS = "5";
  private static final String SOON_SECONDS = "1";

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
    if (e instanceof KvStoreException store) {
      return unavailable(store);
    }
    if (e instanceof NoJobException noJob) {
      return Problem.of(422, String.valueOf(e.getMessage()))
          .with(REASON, noJob.reason().text())
          .toResponse();
    }
    if (e instanceof JobRefusedException refused) {
      return Problem.of(status(refused.kind()), String.valueOf(e.getMessage())).toResponse();
    }
    if (e instanceof RequestConflictException) {
      return Problem.of(422, String.valueOf(e.getMessage())).toResponse();
    }
    if (e instanceof RequestUnderWayException) {
      return Problem.of(503, String.valueOf(e.getMessage()))
          .toResponse()
          .withHeader("Retry-After", SOON_SECONDS);
    }
    if (e instanceof FormatException) {
      return Problem.of(500, "what is stored is wrong: " + e.getMessage()).toResponse();
    }
    if (e instanceof ProblemException problem) {
      return problem.problem().toResponse();
    }
    throw e;
  }

  private static int status(JobRefusedException.Kind kind) {
    return switch (kind) {
      case UNKNOWN -> 404;
      case UNDER_WAY -> 409;
      case IMPOSSIBLE -> 422;
    };
  }

  private static Response unavailable(KvStoreException e) {
    Problem problem = Problem.of(503, String.valueOf(e.getMessage()));
    return e.kind() == KvStoreException.Kind.REJECTED
        ? problem.with(REASON, STORE_REFUSES).toResponse()
        : problem.toResponse().withHeader("Retry-After", RETRY_AFTER_SECONDS);
  }
}
