package io.schedulerworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JitterTest {
  private static final TraceId ID = TraceId.ofManual(Instant.EPOCH, "abc12345");

  @Test
  void delaysFillTheRangeFromThreeToFiveQuarters() {
    int[] buckets = new int[10];
    for (int i = 0; i < 10_000; i++) {
      long millis = Jitter.around(Duration.ofSeconds(10), ID, "kpi" + i, 1).toMillis();
      assertThat(millis).isBetween(7_500L, 12_500L);
      buckets[(int) Math.min(9, (millis - 7_500) / 500)]++;
    }
    for (int count : buckets) {
      assertThat(count).isBetween(850, 1_150);
    }
  }

  @Test
  void attemptsOfOneCallDiffer() {
    assertThat(Jitter.around(Duration.ofSeconds(1), ID, "a", 1))
        .isNotEqualTo(Jitter.around(Duration.ofSeconds(1), ID, "a", 2));
  }
}
