package io.schedulerworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.HostState;
import io.schedulerworker.model.HostState.Door;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What can be seen of the calls to a host from outside. */
class HostStatesTest {
  private static final TriggerOutcome OK = new Accepted(200);
  private static final TriggerOutcome BUSY = new NotNow(Obstacle.BUSY, "busy", 503, null);

  private static HostState only(Lab lab) {
    assertThat(lab.dispatcher.hosts()).hasSize(1);
    return lab.dispatcher.hosts().get(0);
  }

  private static Lab lab(DispatchPolicy.Builder policy) {
    return new Lab(policy.maxInFlightPerHost(4).build());
  }

  @Test
  void callsAreInFlightOrWait() {
    Lab lab = lab(DispatchPolicy.builder());
    assertThat(lab.dispatcher.hosts()).isEmpty();
    lab.with("n8n", lab.after(Duration.ofSeconds(1), OK));
    CompletableFuture<Void> job = lab.dispatch(Lab.kpis(10, "n8n"));
    assertThat(only(lab)).isEqualTo(new HostState("n8n:80", Door.OPEN, 4, 4, 6, 10));
    lab.await(job);
    assertThat(only(lab)).isEqualTo(new HostState("n8n:80", Door.OPEN, 4, 0, 0, 10));
  }

  @Test
  void callsThatSleepUntilTheirRepeatWaitToo() {
    Lab lab = lab(DispatchPolicy.builder());
    lab.with("n8n", request -> CompletableFuture.completedFuture(BUSY));
    assertThat(lab.dispatch(Lab.kpis(3, "n8n"))).isNotDone();
    assertThat(only(lab).inFlight()).isZero();
    assertThat(only(lab).waiting()).isEqualTo(3);
  }

  @Test
  void aHostThatAsksForItIsLeftAloneAndThenTriedAgain() {
    Lab lab = lab(DispatchPolicy.builder());
    TriggerOutcome later = new NotNow(Obstacle.CIRCUIT_OPEN, "open", null, Duration.ofSeconds(5));
    CompletableFuture<TriggerOutcome> probe = new CompletableFuture<>();
    lab.with(
        "n8n", request -> lab.calls.size() == 1 ? CompletableFuture.completedFuture(later) : probe);
    CompletableFuture<Void> job = lab.dispatch(Lab.kpis(1, "n8n"));
    assertThat(only(lab).door()).isEqualTo(Door.CLOSED);
    lab.clock.advance(Duration.ofSeconds(5));
    assertThat(only(lab).door()).isEqualTo(Door.AJAR);
    assertThat(only(lab).inFlight()).isEqualTo(1);
    probe.complete(OK);
    assertThat(job).isCompleted();
    assertThat(only(lab).door()).isEqualTo(Door.OPEN);
  }

  @Test
  void theBudgetTellsHowManyRetriesItWouldLetThrough() {
    Lab lab = lab(DispatchPolicy.builder().retryBudget(0.2, 1));
    lab.with("n8n", request -> CompletableFuture.completedFuture(OK));
    assertThat(lab.dispatch(Lab.kpis(100, "n8n"))).isCompleted();
    // 25 retries and the 100 calls are 125, of which 25 are a fifth.
    assertThat(only(lab).retriesLeft()).isEqualTo(25);
    lab.clock.advance(Duration.ofMinutes(2));
    assertThat(only(lab).retriesLeft()).isEqualTo(1);
  }

  @Test
  void aBudgetWithoutBoundSaysSo() {
    Lab lab = lab(DispatchPolicy.builder().retryBudget(1, 1));
    lab.with("n8n", request -> CompletableFuture.completedFuture(OK));
    assertThat(lab.dispatch(Lab.kpis(1, "n8n"))).isCompleted();
    assertThat(only(lab).retriesLeft()).isEqualTo(Integer.MAX_VALUE);
  }
}
