package io.schedulerworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How calls to one host share it, in time and among jobs. */
class RateAndFairnessTest {
  private static final TriggerOutcome OK = new Accepted(200);

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50, 1_000})
  void noMoreCallsBeginInASecondThanAreAllowed(int most) {
    Lab lab = new Lab(DispatchPolicy.builder()
        .maxInFlightPerHost(100)
        .maxPerSecondPerHost(most)
        .build());
    lab.with("n8n", lab.after(Duration.ofMillis(5), OK));
    Duration took = lab.await(lab.dispatch(Lab.kpis(10 * most, "n8n")));
    for (int i = most; i < lab.calls.size(); i++) {
      Instant earlier = lab.calls.get(i - most).at();
      // A tenth of a second's calls may come at once.
      assertThat(Duration.between(earlier, lab.calls.get(i).at()))
          .isGreaterThanOrEqualTo(Duration.ofMillis(899));
    }
    assertThat(took).isBetween(Duration.ofMillis(8_800), Duration.ofMillis(10_100));
  }

  @Test
  void theRateIsOfEachHost() {
    Lab lab = new Lab(DispatchPolicy.builder().maxPerSecondPerHost(10).build());
    lab.with("slow", lab.after(Duration.ofMillis(5), OK));
    lab.with("fast", lab.after(Duration.ofMillis(5), OK));
    CompletableFuture<Void> job = lab.dispatch(Lab.kpis(100, "slow"));
    assertThat(lab.await(lab.dispatch(Lab.kpis(10, "fast")))).isLessThan(Duration.ofSeconds(1));
    assertThat(job).isNotDone();
  }

  @Test
  void aSmallJobDoesNotWaitForALargeOne() {
    Lab lab = new Lab(DispatchPolicy.builder().maxInFlightPerHost(2).build());
    lab.with("n8n", lab.after(Duration.ofMillis(10), OK));
    CompletableFuture<Void> large = lab.dispatch(Lab.kpis(10_000, "n8n"));
    List<Kpi> few = List.of(Lab.kpi("a", "n8n", "hook"), Lab.kpi("b", "n8n", "hook"));
    assertThat(lab.await(lab.dispatch(few))).isLessThan(Duration.ofMillis(50));
    assertThat(large).isNotDone();
  }
}
