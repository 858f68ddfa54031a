package io.schedulerworker.dispatch;

import io.schedulerworker.dispatch.Attempts.Ended;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.HostState;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import java.time.Duration;

/** Decides whether the next call to a host may begin, and learns from those that end. Used by one lane, under its lock. */
final class Gate {
  /** No time makes a difference: a call must end first. */
  static final long UNTIL_A_CALL_ENDS = Long.MAX_VALUE;

  private final Door door;
  private final Silence silence;
  private final InFlightLimit limit;
  private final RateLimit rate;
  private final RetryBudget budget;
  private int inFlight;
  private long begun;

  Gate(DispatchPolicy policy) {
    door = new Door(policy.closedDoorDeadline());
    silence = new Silence(policy.giveUpHostAfter());
    limit = policy.maxInFlightPerHost().isPresent()
        ? InFlightLimit.fixed(policy.maxInFlightPerHost().getAsInt())
        : new AdaptiveLimit();
    rate = new RateLimit(policy.maxPerSecondPerHost());
    budget = new RetryBudget(policy.retryShare(), policy.retriesPerSecond());
  }

  HostState state(String host, int waiting, long now) {
    return new HostState(host, door.state(now), limit.most(), inFlight, waiting, budget.left(now));
  }

  /** How long the next call has to wait, in nanoseconds; 0 if it may begin. */
  long delay(long now) {
    if (inFlight >= limit.most() || door.isProbed()) {
      return UNTIL_A_CALL_ENDS;
    }
    return Math.max(door.closedFor(now), rate.delay(now));
  }

  /** How long the next retry has to wait, where other calls need not; 0 if it may begin. */
  long delayToRetry(long now) {
    return budget.allows(now) ? 0 : budget.delay(now);
  }

  /** A call begins. */
  void begin(KpiCall call, long now) {
    inFlight++;
    begun++;
    call.begins(inFlight, begun);
    door.passed(call);
    rate.count(now);
    budget.count(call.isRetry() && !door.isProbe(call), now);
  }

  /** A call that had begun is over, or was not made after all. */
  void end(KpiCall call) {
    inFlight--;
    door.ended(call);
  }

  /** Whether the call was one that decides for all others. Before {@link #end}. */
  boolean isProbe(KpiCall call) {
    return door.isProbe(call);
  }

  boolean isOpen() {
    return door.isOpen();
  }

  /** A circuit breaker kept a call off. */
  void shut(Duration wait, long now) {
    door.shut(wait, now);
  }

  /** Before {@link #end}. */
  void learn(KpiCall call, Ended ended) {
    TriggerOutcome outcome = ended.outcome();
    if (outcome instanceof NotNow notNow) {
      learn(ended, notNow);
    } else if (outcome instanceof Unknown) {
      limit.dropped();
      failed(ended);
    } else if (!(outcome instanceof Refused)) {
      limit.answered(flight(call, ended));
      answered(ended);
    } else if (outcome.httpStatus() != null) {
      answered(ended);
    }
  }

  private void learn(Ended ended, NotNow notNow) {
    switch (notNow.obstacle()) {
      case BUSY -> {
        limit.dropped();
        silence.broken();
      }
      case NOT_REGISTERED -> answered(ended);
      case TROUBLED -> {
        limit.dropped();
        failedUnlessItSpeaks(ended, notNow);
      }
      default -> failed(ended);
    }
    if (notNow.retryAfter() != null) {
      door.close(notNow.retryAfter(), ended.nanos());
    }
  }

  private void answered(Ended ended) {
    silence.broken();
    door.answered(ended.nanos());
  }

  /** Who says when to come back is waited for as long as that, and is not dead. */
  private void failedUnlessItSpeaks(Ended ended, NotNow notNow) {
    if (notNow.retryAfter() == null) {
      failed(ended);
    } else {
      silence.broken();
    }
  }

  private void failed(Ended ended) {
    silence.failed(
        ended.nanos() - ended.took().toNanos(), ended.nanos(), ended.outcome().reason());
  }

  private Flight flight(KpiCall call, Ended ended) {
    boolean alone = inFlight == 1 && call.beganAsNumber() == begun && call.beganInFlight() == 1;
    return new Flight(
        call.webhook(), Math.max(1, ended.took().toNanos()), call.beganInFlight(), alone);
  }

  /** Why nobody should wait any longer; empty while there is hope. */
  String hopeless(long now) {
    if (!door.isOpen() && silence.isTooLong(now)) {
      return "was given up after " + silence.length(now).toSeconds() + " s, in which no "
          + "call succeeded; the last one: " + silence.last();
    }
    return door.isBeyondDeadline(now)
        ? "asks to be left alone for longer than the closed door deadline"
        : "";
  }
}
