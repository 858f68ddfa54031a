package io.schedulerworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.port.TriggerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hosts that are dead, restart, or ask to be left alone. */
class ClosedDoorsTest {
  private static final TriggerOutcome OK = new Accepted(200);
  private static final TriggerOutcome REFUSED =
      new NotNow(Obstacle.UNREACHABLE, "dead:80 cannot be reached: connection refused", null, null);
  private static final Duration SOON = Duration.ofMillis(10);

  private final Lab lab = new Lab(DispatchPolicy.DEFAULT);
  private TriggerOutcome outcome = REFUSED;
  private Duration answersIn = Duration.ofMillis(1);

  private List<Kpi> both() {
    return Stream.concat(Lab.kpis(1_000, "dead").stream(), Lab.kpis(1_000, "good").stream())
        .toList();
  }

  private SimulatedBreaker breaker() {
    return new SimulatedBreaker(lab, request -> lab.in(answersIn, outcome));
  }

  @Test
  void aDeadHostIsFoundOnceAndHoldsUpNobody() {
    SimulatedBreaker dead = breaker();
    lab.with("dead", dead).with("good", lab.after(SOON, OK));
    Duration took = lab.await(lab.dispatch(both()));
    assertThat(took).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(70));
    assertThat(lab.count(KpiStatus.TRIGGERED)).isEqualTo(1_000);
    assertThat(lastGood()).isEqualTo(lastGoodWithoutDead());
    // Four to find it out, then a probe every five seconds.
    assertThat(dead.sent).isLessThan(20);
    assertThat(lab.events).containsExactly("closed dead:80", "given up dead:80");
    assertThat(lab.runs.get("dead-999").error())
        .startsWith("dead:80 was given up after 6")
        .endsWith("the last one: dead:80 cannot be reached: connection refused");
  }

  private Instant lastGood() {
    return lab.settledAt.entrySet().stream()
        .filter(settled -> settled.getKey().startsWith("good"))
        .map(settled -> settled.getValue())
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private Instant lastGoodWithoutDead() {
    Lab alone = new Lab(DispatchPolicy.DEFAULT);
    alone.with("good", alone.after(SOON, OK));
    return Lab.NOON.plus(alone.await(alone.dispatch(Lab.kpis(1_000, "good"))));
  }

  @Test
  void aHostThatSwallowsConnectionsIsGivenUpInTime() {
    answersIn = Duration.ofSeconds(5);
    lab.with("dead", breaker());
    assertThat(lab.await(lab.dispatch(Lab.kpis(1_000, "dead"))))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(80));
  }

  @Test
  void aHostThatTakesCallsAndNeverAnswersIsGivenUpInTime() {
    answersIn = Duration.ofSeconds(30);
    outcome = new Unknown("dead:80 did not answer within 30 s", null);
    SimulatedBreaker dead = breaker();
    lab.with("dead", dead);
    assertThat(lab.await(lab.dispatch(Lab.kpis(1_000, "dead"))))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
    // Those that were called may have run; of all others it is certain that they have not.
    long unknown = lab.runs.values().stream()
        .filter(run -> String.valueOf(run.error()).startsWith("unknown outcome: "))
        .count();
    assertThat(unknown).isEqualTo(dead.sent);
  }

  @Test
  void aHostThatRestartsLosesNobody() {
    SimulatedBreaker n8n = breaker();
    lab.with("dead", n8n);
    CompletableFuture<Void> job = lab.dispatch(Lab.kpis(200, "dead"));
    lab.clock.advance(Duration.ofSeconds(40));
    outcome = OK;
    Duration took = lab.await(job);
    assertThat(took).isLessThan(Duration.ofSeconds(10));
    assertThat(lab.count(KpiStatus.TRIGGERED)).isEqualTo(200);
    assertThat(lab.events).containsExactly("closed dead:80", "opened dead:80");
  }

  @Test
  void oneCallAtATimeFindsOutWhetherTheHostIsBack() {
    answersIn = Duration.ofSeconds(2);
    SimulatedBreaker n8n = breaker();
    lab.with("dead", n8n);
    CompletableFuture<Void> job = lab.dispatch(Lab.kpis(200, "dead"));
    lab.clock.advance(Duration.ofSeconds(8));
    n8n.mostAtOnce = 0;
    lab.clock.advance(Duration.ofSeconds(30));
    assertThat(n8n.mostAtOnce).isEqualTo(1);
    outcome = OK;
    lab.await(job);
    assertThat(n8n.mostAtOnce).isGreaterThan(1);
  }

  @Test
  void aProbeCostsItsKpiNoRetry() {
    lab.with("dead", breaker());
    CompletableFuture<Void> job = lab.dispatch(Lab.kpis(5, "dead"));
    lab.clock.advance(Duration.ofSeconds(55));
    outcome = OK;
    lab.await(job);
    assertThat(lab.count(KpiStatus.TRIGGERED)).isEqualTo(5);
    // Probes go to those who have waited longest, more often than there are retries.
    assertThat(lab.runs.values()).anyMatch(run -> run.retryCount() > 3);
  }

  @Test
  void aJobThatFindsAHostLongDeadWaitsForItAnew() {
    lab.with("dead", breaker());
    lab.await(lab.dispatch(Lab.kpis(10, "dead")));
    lab.clock.advance(Duration.ofHours(1));
    lab.runs.clear();
    assertThat(lab.await(lab.dispatch(Lab.kpis(10, "dead")))).isGreaterThan(Duration.ofSeconds(59));
  }

  @Test
  void aJobThatJoinsAnotherAtADeadHostIsGivenUpWithIt() {
    lab.with("dead", breaker());
    CompletableFuture<Void> first = lab.dispatch(Lab.kpis(10, "dead"));
    lab.clock.advance(Duration.ofSeconds(50));
    List<Kpi> more = List.of(Lab.kpi("late", "dead", "hook"));
    assertThat(lab.await(lab.dispatch(more))).isLessThan(Duration.ofSeconds(20));
    assertThat(first).isCompleted();
  }

  @Test
  void aHostThatIsSlowForAllIsNotGivenUp() {
    // Its breaker opens now and then, but it does answer.
    SimulatedBreaker slow = breaker();
    outcome = OK;
    lab.with("dead", slow);
    CompletableFuture<Void> job = lab.dispatch(Lab.kpis(40, "dead"));
    for (int i = 0; i < 20; i++) {
      slow.open();
      lab.clock.advance(Duration.ofSeconds(6));
    }
    lab.await(job);
    assertThat(lab.count(KpiStatus.TRIGGERED)).isEqualTo(40);
  }

  @Test
  void closedDoorsAreWaitedForSoLongAndTheFanOutGoesOnAfterwards() {
    Lab patient = new Lab(DispatchPolicy.builder()
        .maxInFlightPerHost(1)
        .closedDoorDeadline(Duration.ofMinutes(5))
        .build());
    NotNow later = new NotNow(Obstacle.BUSY, "429", 429, Duration.ofMinutes(4));
    int[] calls = {0};
    patient.with(
        "n8n", request -> patient.in(Duration.ofSeconds(60), calls[0]++ == 0 ? later : OK));
    Duration took = patient.await(patient.dispatch(Lab.kpis(10, "n8n")));
    assertThat(took).isGreaterThan(Duration.ofMinutes(14));
    assertThat(patient.count(KpiStatus.TRIGGERED)).isEqualTo(10);
  }

  @Test
  void whoSaysWhenToComeBackIsNotTakenForDead() {
    outcome = new NotNow(Obstacle.TROUBLED, "503", 503, Duration.ofSeconds(25));
    lab.with("dead", request -> lab.in(answersIn, outcome));
    CompletableFuture<Void> job = lab.dispatch(Lab.kpis(10, "dead"));
    lab.clock.advance(Duration.ofMinutes(4));
    outcome = OK;
    lab.await(job);
    assertThat(lab.count(KpiStatus.TRIGGERED)).isEqualTo(10);
  }

  @Test
  void stoppingAtAClosedDoorLeavesAllAsTheyAre() {
    lab.with("dead", breaker());
    CompletableFuture<Void> job = lab.dispatch(Lab.kpis(100, "dead"));
    lab.clock.advance(Duration.ofSeconds(20));
    lab.dispatcher.stop();
    lab.await(job);
    assertThat(lab.runs.values()).extracting(KpiRun::status).doesNotContain(KpiStatus.TRIGGERED);
    assertThat(lab.runs).hasSizeLessThan(5);
  }

  /** Opens after four failures in a row, for five seconds, and then lets one call through at a time. */
  private static final class SimulatedBreaker implements Lab.Server {
    private final Lab lab;
    private final Lab.Server server;
    private int failures;
    private Instant openUntil = Instant.MIN;
    private boolean probing;
    private int atOnce;
    int mostAtOnce;
    int sent;

    SimulatedBreaker(Lab lab, Lab.Server server) {
      this.lab = lab;
      this.server = server;
    }

    void open() {
      openUntil = lab.clock.now().plusSeconds(5);
    }

    private boolean keepsOff() {
      return lab.clock.now().isBefore(openUntil) || (failures >= 4 && probing);
    }

    @Override
    public CompletionStage<TriggerOutcome> answer(TriggerRequest request) {
      if (keepsOff()) {
        Duration left = Duration.between(lab.clock.now(), openUntil);
        Duration wait = left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
        return CompletableFuture.completedFuture(
            new NotNow(Obstacle.CIRCUIT_OPEN, "dead:80 is not called for now", null, wait));
      }
      sent++;
      atOnce++;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      probing = failures >= 4;
      return server.answer(request).thenApply(this::ended);
    }

    private TriggerOutcome ended(TriggerOutcome outcome) {
      atOnce--;
      probing = false;
      failures = outcome instanceof Accepted ? 0 : failures + 1;
      if (failures >= 4) {
        open();
      }
      return outcome;
    }
  }
}
