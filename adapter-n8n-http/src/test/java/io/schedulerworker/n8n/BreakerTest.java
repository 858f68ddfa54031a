package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.port.BreakerSettings;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.port.TriggerOutcome.WorkflowFailed;
import io.schedulerworker.port.TriggerSecrets;
import io.schedulerworker.port.TriggerSettings;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A host at which calls fail is left alone, and found again. Failsafe has the time from the system: pauses are real. */
class BreakerTest {
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Duration FAST = Duration.ofMillis(10);
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final TriggerOutcome OK = new Accepted(200);
  private static final TriggerOutcome DEAD =
      new NotNow(Obstacle.UNREACHABLE, "n8n:80 cannot be reached", null, null);

  private final Breaker breaker =
      new Breaker(new BreakerSettings(50, 4, Duration.ofMinutes(1), PAUSE, SLOW));
  private final Wording wording =
      new Wording(URI.create("http://n8n/webhook/a"), TriggerSecrets.NONE);

  /** Whether a call passed that then ended so. */
  private boolean calls(TriggerOutcome outcome, Duration took) {
    boolean passes = breaker.turnAway(wording) == null;
    if (passes) {
      breaker.ended(outcome, took);
    }
    return passes;
  }

  private void failFourTimes() {
    for (int i = 0; i < 4; i++) {
      assertThat(calls(DEAD, FAST)).isTrue();
    }
  }

  private static void pause() throws InterruptedException {
    Thread.sleep(PAUSE.plusMillis(50).toMillis());
  }

  @Test
  void aDeadHostIsLeftAloneWithTheReason() {
    failFourTimes();
    NotNow turnedAway = breaker.turnAway(wording);
    assertThat(turnedAway.obstacle()).isEqualTo(Obstacle.CIRCUIT_OPEN);
    assertThat(turnedAway.httpStatus()).isNull();
    assertThat(turnedAway.retryAfter()).isBetween(Duration.ofNanos(1), PAUSE);
    assertThat(turnedAway.reason())
        .isEqualTo("n8n:80 is not called for a while, too many calls failed; the last one: n8n:80"
            + " cannot be reached");
  }

  @Test
  void itTakesSomeCallsToJudge() {
    for (int i = 0; i < 3; i++) {
      assertThat(calls(DEAD, FAST)).isTrue();
    }
    assertThat(calls(OK, FAST)).isTrue();
    // Three of four failed: more than half.
    assertThat(calls(OK, FAST)).isFalse();
  }

  @Test
  void aHostOfWhichMostCallsSucceedIsCalledOn() {
    for (int i = 0; i < 30; i++) {
      assertThat(calls(i % 3 == 2 ? DEAD : OK, FAST)).isTrue();
    }
  }

  @Test
  void aHostThatDiesAfterManyGoodCallsIsLeftAloneAsSoonAsANewOne() {
    for (int i = 0; i < 500; i++) {
      assertThat(calls(OK, FAST)).isTrue();
    }
    failFourTimes();
    assertThat(calls(OK, FAST)).isFalse();
  }

  @Test
  void callsThatReachedTheHostCountByTheirShareAlone() {
    for (int i = 0; i < 500; i++) {
      assertThat(calls(OK, FAST)).isTrue();
    }
    for (int i = 0; i < 100; i++) {
      assertThat(calls(new Unknown("unknown outcome: 502", 502), FAST)).isTrue();
    }
  }

  @Test
  void slowAnswersCountAsFailures() {
    for (int i = 0; i < 4; i++) {
      assertThat(calls(OK, SLOW)).isTrue();
    }
    assertThat(breaker.turnAway(wording).reason()).endsWith("it took 1000 ms to answer");
  }

  @Test
  void answersOfAHostThatWorksCountAsNone() {
    for (int i = 0; i < 10; i++) {
      assertThat(calls(new Refused("no", 401), FAST)).isTrue();
      assertThat(calls(new WorkflowFailed("Error in workflow", 500), FAST)).isTrue();
      assertThat(calls(new NotNow(Obstacle.NOT_REGISTERED, "", 404, null), FAST))
          .isTrue();
      assertThat(calls(new NotNow(Obstacle.BUSY, "", 429, null), FAST)).isTrue();
      assertThat(calls(new NotNow(Obstacle.TROUBLED, "", 503, SLOW), FAST)).isTrue();
    }
  }

  @Test
  void afterAPauseOneCallAtATimeFindsOutWhetherItIsBack() throws Exception {
    failFourTimes();
    pause();
    assertThat(breaker.turnAway(wording)).isNull();
    assertThat(breaker.turnAway(wording)).isNotNull();
    breaker.ended(DEAD, FAST);
    assertThat(breaker.turnAway(wording)).isNotNull();
    pause();
    assertThat(calls(OK, FAST)).isTrue();
    failOnce();
  }

  /** What was before the recovery does not count any more. */
  private void failOnce() {
    assertThat(calls(DEAD, FAST)).isTrue();
    assertThat(calls(OK, FAST)).isTrue();
  }

  @Test
  void unknownOutcomesAndTroubleCount() {
    assertThat(calls(new Unknown("no answer", null), FAST)).isTrue();
    assertThat(calls(new NotNow(Obstacle.TROUBLED, "", 503, null), FAST)).isTrue();
    assertThat(calls(new NotNow(Obstacle.STARTING, "", 404, null), FAST)).isTrue();
    assertThat(calls(DEAD, FAST)).isTrue();
    assertThat(breaker.turnAway(wording)).isNotNull();
  }

  @Test
  void everyHostHasItsOwn() throws Exception {
    URI dead;
    try (ServerSocket closed = new ServerSocket(0)) {
      dead = URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/webhook/a");
    }
    TriggerSettings settings = TriggerSettings.builder("test")
        .connectTimeout(SLOW)
        .responseTimeout(SLOW)
        .breaker(new BreakerSettings(50, 4, Duration.ofMinutes(1), Duration.ofMinutes(1), SLOW))
        .build();
    try (N8nTrigger trigger = new N8nTrigger(settings);
        ScriptedServer good = ScriptedServer.answering(ScriptedServer.http(200, "", "", ""))) {
      for (int i = 0; i < 4; i++) {
        NotNow notNow = (NotNow) Calls.outcome(trigger.trigger(Calls.request("k", dead)));
        assertThat(notNow.obstacle()).isEqualTo(Obstacle.UNREACHABLE);
      }
      NotNow notNow = (NotNow) Calls.outcome(trigger.trigger(Calls.request("k", dead)));
      assertThat(notNow.obstacle()).isEqualTo(Obstacle.CIRCUIT_OPEN);
      assertThat(Calls.outcome(trigger.trigger(Calls.request("k", good.url("/")))))
          .isInstanceOf(Accepted.class);
    }
  }

  @Test
  void theShortestWindowIsOne() {
    BreakerSettings shortest =
        new BreakerSettings(50, 4, BreakerSettings.SHORTEST_WINDOW, PAUSE, SLOW);
    try (ScriptedServer good = ScriptedServer.answering(ScriptedServer.http(200, "", "", ""));
        N8nTrigger trigger = Calls.trigger(Calls.settings().breaker(shortest).build())) {
      assertThat(Calls.outcome(trigger.trigger(Calls.request("k", good.url("/")))))
          .isInstanceOf(Accepted.class);
    }
    assertThatThrownBy(() -> new BreakerSettings(50, 4, Duration.ofMillis(9), PAUSE, SLOW))
        .hasMessage("window must be at least 10 ms");
  }
}
