package io.schedulerworker.n8n;

import dev.failsafe.CircuitBreaker;
import io.schedulerworker.port.BreakerSettings;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls off a host that too many of them failed at, so that a dead n8n is found once, not once per KPI. Thread-safe.
 *
 * <p>What fails is the host: it cannot be reached, does not answer, answers that something in it is broken, or takes too
 * long. A refusal, a {@code Retry-After}, a workflow that failed and a webhook that is not registered are answers of a
 * host that works. A share of the calls in the window must fail; or a few in a row did not reach the host at all: one that
 * dies in the middle of a fan-out has so many good calls behind it that the share would take as many bad ones.
 */
final class Breaker {
  /** While one call finds out whether the host is back, for the others. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final CircuitBreaker<Object> circuit;
  private final Duration slowCall;
  private final int mostUnreached;
  private final AtomicInteger unreached = new AtomicInteger();
  private volatile String lastFailure = "";

  Breaker(BreakerSettings settings) {
    slowCall = settings.slowCall();
    mostUnreached = settings.minimumCalls();
    circuit = CircuitBreaker.builder()
        .withFailureRateThreshold(settings.percent(), settings.minimumCalls(), settings.window())
        .withDelay(settings.pause())
        .withSuccessThreshold(1)
        .build();
  }

  /** Lets a call pass, whose end must then be told; else says why not. */
  @Nullable
  NotNow turnAway(Wording wording) {
    if (circuit.tryAcquirePermit()) {
      return null;
    }
    Duration left = circuit.getRemainingDelay();
    String reason = wording.of("is not called for a while, too many calls failed; the last one")
        + ": " + lastFailure;
    return new NotNow(
        Obstacle.CIRCUIT_OPEN, reason, null, left.compareTo(Duration.ZERO) > 0 ? left : SOON);
  }

  /** A call that was let pass is over. */
  void ended(TriggerOutcome outcome, Duration took) {
    if (isFailure(outcome)) {
      failed(outcome.reason());
    } else if (took.compareTo(slowCall) >= 0) {
      failed("it took " + took.toMillis() + " ms to answer");
    } else {
      circuit.recordSuccess();
    }
    countUnreached(outcome);
  }

  /** A call that was let pass is not made, since nobody may call there: there is nothing to keep others off. */
  void notCalled() {
    circuit.recordSuccess();
  }

  /** A call that was let pass is over, and has failed. */
  void failed(String reason) {
    lastFailure = reason;
    circuit.recordFailure();
  }

  private void countUnreached(TriggerOutcome outcome) {
    if (!(outcome instanceof NotNow notNow) || notNow.obstacle() != Obstacle.UNREACHABLE) {
      unreached.set(0);
    } else if (unreached.incrementAndGet() >= mostUnreached && circuit.isClosed()) {
      circuit.open();
    }
  }

  private static boolean isFailure(TriggerOutcome outcome) {
    if (outcome instanceof NotNow notNow) {
      return notNow.obstacle() != Obstacle.BUSY
          && notNow.obstacle() != Obstacle.NOT_REGISTERED
          && notNow.retryAfter() == null;
    }
    return outcome instanceof Unknown;
  }
}
