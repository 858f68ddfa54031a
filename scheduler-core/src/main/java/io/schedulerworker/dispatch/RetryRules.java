package io.schedulerworker.dispatch;

import io.schedulerworker.dispatch.Attempts.Ended;
import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.port.TriggerOutcome.WorkflowFailed;
import java.time.Duration;

/**
 * Decides whether a call is made again. What may have started a workflow is not, unless the policy says so: a retry of
 * an unknown outcome is how schedulers run workflows twice.
 */
final class RetryRules {
  private final DispatchPolicy policy;

  RetryRules(DispatchPolicy policy) {
    this.policy = policy;
  }

  /**
   * What follows.
   *
   * @param probe whether the call was made to find out whether the host may be called: that costs no retry
   */
  Verdict after(KpiCall call, Ended ended, boolean probe) {
    TriggerOutcome outcome = ended.outcome();
    if (outcome instanceof Accepted) {
      return new Verdict.Settle(accepted(call, ended));
    }
    if (outcome instanceof NotNow notNow) {
      return notNow(call, ended, notNow, probe);
    }
    if (outcome instanceof WorkflowFailed) {
      return retryIf(policy.retryWorkflowError(), call, ended, "the workflow failed: ");
    }
    if (outcome instanceof Unknown) {
      return retryIf(policy.retryUnknown(), call, ended, "unknown outcome: ");
    }
    Refused refused = (Refused) outcome;
    return new Verdict.Settle(failed(call, ended, refused.reason()));
  }

  private Verdict notNow(KpiCall call, Ended ended, NotNow notNow, boolean probe) {
    if (notNow.retryAfter() != null) {
      Duration wait = longer(notNow.retryAfter(), delay(call, 1));
      return wait(call, ended, wait, policy.closedDoorDeadline());
    }
    if (isNotReady(notNow.obstacle())) {
      return wait(call, ended, delay(call, call.attempts()), policy.notRegisteredFor());
    }
    return probe
        ? wait(call, ended, delay(call, 1), policy.closedDoorDeadline())
        : retryIf(true, call, ended, "");
  }

  private static boolean isNotReady(Obstacle obstacle) {
    return obstacle == Obstacle.NOT_REGISTERED || obstacle == Obstacle.STARTING;
  }

  /** Waiting for a server that is not ready costs no retry, but has an end. */
  private Verdict wait(KpiCall call, Ended ended, Duration delay, Duration most) {
    long waited = ended.nanos() - call.waitingSince(ended.nanos());
    if (Duration.ofNanos(waited).plus(delay).compareTo(most) > 0) {
      String reason = ended.outcome().reason() + " (waited " + readable(waited) + ")";
      return new Verdict.Settle(failed(call, ended, reason));
    }
    call.waits();
    return new Verdict.Again(delay);
  }

  private Verdict retryIf(boolean allowed, KpiCall call, Ended ended, String what) {
    if (allowed && call.retries() < policy.retries()) {
      call.countRetry();
      return new Verdict.Again(delay(call, call.retries()));
    }
    return new Verdict.Settle(failed(call, ended, what + ended.outcome().reason()));
  }

  private Duration delay(KpiCall call, int retry) {
    return Jitter.around(
        policy.delayBefore(retry), call.job().calls().traceId(), call.kpi().id(), call.attempts());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static String readable(long nanos) {
    return Duration.ofNanos(nanos).toSeconds() + " s";
  }

  private static KpiRun accepted(KpiCall call, Ended ended) {
    KpiRun run = KpiRun.pending(call.kpi().id());
    return call.job().calls().completion() == CompletionMode.TRIGGER
        ? run.completed(ended.at(), call.attempts() - 1, answer(ended))
        : run.triggered(ended.at(), call.attempts() - 1, answer(ended));
  }

  private static KpiRun failed(KpiCall call, Ended ended, String reason) {
    return KpiRun.pending(call.kpi().id())
        .failed(ended.at(), reason, call.attempts() - 1, answer(ended));
  }

  private static KpiRun.Answer answer(Ended ended) {
    TriggerOutcome outcome = ended.outcome();
    String executionId = outcome instanceof Accepted accepted ? accepted.executionId() : null;
    return new KpiRun.Answer(ended.took().toMillis(), outcome.httpStatus(), executionId);
  }
}
