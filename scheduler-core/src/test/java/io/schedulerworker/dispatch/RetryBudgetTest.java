package io.schedulerworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Retries are bounded for a host as a whole, and wait rather than fail. */
class RetryBudgetTest {
  private static final TriggerOutcome OK = new Accepted(200);
  private static final TriggerOutcome BUSY = new NotNow(Obstacle.BUSY, "429", 429, null);
  private static final Duration SOON = Duration.ofMillis(10);

  private Lab lab(int inFlight) {
    return new Lab(DispatchPolicy.builder().maxInFlightPerHost(inFlight).build());
  }

  /** Whoever is called for the first time is told to come back. */
  private static void firstCallsFail(Lab lab, TriggerOutcome first) {
    Set<String> seen = new HashSet<>();
    lab.with("n8n", request -> lab.in(SOON, seen.add(request.kpiId()) ? first : OK));
  }

  @Test
  void whereAllFailTenASecondAreMadeAgain() {
    Lab lab = lab(500);
    firstCallsFail(lab, BUSY);
    Duration took = lab.await(lab.dispatch(Lab.kpis(500, "n8n")));
    assertThat(lab.count(KpiStatus.TRIGGERED)).isEqualTo(500);
    // A fifth of the 500 calls and their retries at once, the others ten a second.
    assertThat(took).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(50));
    assertThat(lab.runs.values()).allMatch(run -> run.retryCount() == 1);
  }

  @Test
  void aFifthOfTheCallsOfAMinuteMayBeRetries() {
    Lab lab = lab(1);
    Set<String> seen = new HashSet<>();
    lab.with("n8n", request -> {
      boolean fails = request.kpiId().endsWith("7") && seen.add(request.kpiId());
      return lab.in(Duration.ofMillis(2), fails ? BUSY : OK);
    });
    lab.await(lab.dispatch(Lab.kpis(5_000, "n8n")));
    // One in ten fails: no retry had to wait for the budget, nor the job for the last of them.
    Map<String, List<Instant>> byKpi = lab.calls.stream()
        .collect(Collectors.groupingBy(
            Lab.Began::kpiId, Collectors.mapping(Lab.Began::at, Collectors.toList())));
    assertThat(byKpi.values()).allMatch(times -> times.size() == 1 || gap(times) < 1_300);
  }

  private static long gap(List<Instant> times) {
    return Duration.between(times.get(0), times.get(1)).toMillis();
  }

  @Test
  void firstCallsGoOnWhileRetriesWait() {
    Lab lab =
        new Lab(DispatchPolicy.builder().maxInFlightPerHost(4).retryBudget(0, 1).build());
    firstCallsFail(lab, BUSY);
    assertThat(lab.dispatch(Lab.kpis(100, "n8n"))).isNotDone();
    lab.clock.advance(Duration.ofSeconds(2));
    assertThat(lab.calls.stream().map(Lab.Began::kpiId).distinct()).hasSize(100);
  }

  @Test
  void webhooksThatAreNotRegisteredAreOutsideTheBudget() {
    Lab lab = lab(500);
    firstCallsFail(lab, new NotNow(Obstacle.NOT_REGISTERED, "404", 404, null));
    assertThat(lab.await(lab.dispatch(Lab.kpis(500, "n8n")))).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void callsThatWereToldWhenToComeBackAreOutsideTheBudget() {
    Lab lab = lab(500);
    firstCallsFail(lab, new NotNow(Obstacle.BUSY, "429", 429, Duration.ofSeconds(2)));
    assertThat(lab.await(lab.dispatch(Lab.kpis(500, "n8n")))).isLessThan(Duration.ofSeconds(4));
  }
}
