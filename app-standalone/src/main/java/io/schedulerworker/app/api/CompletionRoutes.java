package io.schedulerworker.app.api;

import io.schedulerworker.CallbackSigner;
import io.schedulerworker.JobStore;
import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Request;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.app.http.Routine;
import io.schedulerworker.model.Completion;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Where workflows report their ends. */
public final class CompletionRoutes {
  private static final Set<String> PARAMETERS =
      Set.of(CallbackSigner.DRIVE, CallbackSigner.SIGNATURE);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final JobStore jobs;
  private final Optional<CallbackSigner> signer;
  private final UnaryOperator<String> withoutSecrets;
  private final Pioneers pioneers;

  /**
   * For the jobs in a store.
   *
   * @param jobs takes the ends
   * @param signer recognises callback URLs; empty if none are given out
   * @param withoutSecrets takes the secrets out of what a workflow says of its error; must not block
   * @param clock says how old what is known of a job is
   */
  public CompletionRoutes(
      JobStore jobs,
      Optional<CallbackSigner> signer,
      UnaryOperator<String> withoutSecrets,
      Clock clock) {
    this.jobs = jobs;
    this.signer = signer;
    this.withoutSecrets = withoutSecrets;
    this.pioneers = new Pioneers(clock, PATIENCE);
  }

  /**
   * What is served.
   *
   * @return the route for a KPI's end
   */
  public List<Route> routes() {
    return List.of(Route.blocking(
            "POST",
            "/api/jobs/{traceId}/kpis/{kpiId}",
            Access.KEY_OR_SIGNATURE,
            Failed.explained(this::complete))
        .withRoutine(Routine.IF_WELL));
  }

  private Response complete(Request request) throws InterruptedException {
    TraceId traceId = JobRoutes.traceId(request.pathParameter("traceId"));
    String kpiId = request.pathParameter("kpiId");
    Query query = Query.of(request, PARAMETERS);
    Optional<Integer> drive = query.find(CallbackSigner.DRIVE, CompletionRoutes::drive, "a number");
    Optional<String> signature = query.find(CallbackSigner.SIGNATURE, text -> text, "a signature");
    // Whoever came in without the key came in because there is such a parameter, whatever it says.
    if (signature.isPresent() || !request.hasKey()) {
      check(traceId, kpiId, drive, signature.orElse(""));
    }
    KpiEnd end = KpiEnd.read(request.body().text(), withoutSecrets);
    Completion met = pioneers.follow(traceId, () -> report(traceId, kpiId, drive, end));
    return answer(traceId, kpiId, end, met);
  }

  private static int drive(String text) {
    int drive = Integer.parseInt(text);
    if (drive < 0) {
      throw new IllegalArgumentException(text);
    }
    return drive;
  }

  private void check(TraceId traceId, String kpiId, Optional<Integer> drive, String signature) {
    boolean valid = signer.isPresent()
        && drive.isPresent()
        && signer.get().isValid(traceId, kpiId, drive.get(), signature);
    if (!valid) {
      throw new ProblemException(
          401,
          "the signature is not that of a callback URL of this service: use callbackUrl as the call"
              + " brought it; all processes need the same CALLBACK_SECRET");
    }
  }

  private Completion report(TraceId traceId, String kpiId, Optional<Integer> drive, KpiEnd end) {
    return drive.isPresent()
        ? jobs.complete(traceId, kpiId, drive.get(), end.status(), end.error())
        : jobs.complete(traceId, kpiId, end.status(), end.error());
  }

  private static Response answer(TraceId traceId, String kpiId, KpiEnd end, Completion met) {
    return switch (met) {
      case RECORDED, REPEATED -> Response.json(200, end.answer(traceId, kpiId));
      case CONFLICT ->
        throw new ProblemException(
            409,
            "another end of this KPI was reported before, and stands: see GET /api/jobs/"
                + traceId);
      case SUPERSEDED ->
        throw new ProblemException(
            409, "this is the end of an earlier drive: the KPI has been driven again since");
      case UNKNOWN ->
        throw new ProblemException(404, "there is no such job, or it has no such KPI or drive");
    };
  }
}
