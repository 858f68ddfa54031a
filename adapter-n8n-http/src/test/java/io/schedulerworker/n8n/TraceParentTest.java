package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.IdempotencyKey;
import org.junit.jupiter.api.Test;

class TraceParentTest {
  @Test
  void kpisOfAJobShareATraceAndHaveParentsOfTheirOwn() {
    TraceParent header = new TraceParent();
    String one = header.of(Calls.TRACE_ID, IdempotencyKey.of(Calls.TRACE_ID, "kpi-1"));
    String other = header.of(Calls.TRACE_ID, IdempotencyKey.of(Calls.TRACE_ID, "kpi-2"));

    assertThat(one).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(one.substring(0, 36)).isEqualTo(other.substring(0, 36));
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void anIdIsNeverAllZero() {
    assertThat(TraceParent.digits(new byte[32], 8)).isEqualTo("0000000000000001");
    assertThat(TraceParent.digits(new byte[] {0, 0, 7}, 2)).isEqualTo("0001");
    assertThat(TraceParent.digits(new byte[] {0, -1, 7}, 2)).isEqualTo("00ff");
  }
}
