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
  void aParentIsTheKeysFnvHash() {
    // From the reference implementation's test vectors.
    assertThat(TraceParent.fnv1a("")).isEqualTo(0xcbf29ce484222325L);
    assertThat(TraceParent.fnv1a("a")).isEqualTo(0xaf63dc4c8601ec8cL);
    assertThat(TraceParent.fnv1a("foobar")).isEqualTo(0x85944171f73967e8L);
  }

  @Test
  void anIdIsNeverZero() {
    assertThat(TraceParent.digits(0)).isEqualTo("0000000000000001");
    assertThat(TraceParent.digits(-1)).isEqualTo("ffffffffffffffff");
    assertThat(TraceParent.digits(0x7ff)).isEqualTo("00000000000007ff");
  }
}
