package io.schedulerworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobTraceTest {
  private static final TraceId JOB = new TraceId("trace_20261128_185108_5pprnne8");

  @Test
  void kpisOfAJobShareATraceAndHaveParentsOfTheirOwn() {
    JobTrace trace = JobTrace.of(JOB);
    String one = trace.traceParent(IdempotencyKey.of(JOB, "kpi-1"));
    String other = trace.traceParent(IdempotencyKey.of(JOB, "kpi-2"));

    assertThat(one).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(one.substring(0, 36)).isEqualTo(other.substring(0, 36));
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void aParentIsTheKeysFnvHash() {
    // From the reference implementation's test vectors.
    assertThat(JobTrace.fnv1a("")).isEqualTo(0xcbf29ce484222325L);
    assertThat(JobTrace.fnv1a("a")).isEqualTo(0xaf63dc4c8601ec8cL);
    assertThat(JobTrace.fnv1a("foobar")).isEqualTo(0x85944171f73967e8L);
  }

  @Test
  void anIdIsNeverZero() {
    assertThat(JobTrace.digits(0)).isEqualTo("0000000000000001");
    assertThat(JobTrace.digits(-1)).isEqualTo("ffffffffffffffff");
    assertThat(JobTrace.digits(0x7ff)).isEqualTo("00000000000007ff");
  }

  @Test
  void theIdsAreTheSha256OfTheJobsName() {
    // printf 'trace_20261128_185108_5pprnne8' | sha256sum
    assertThat(JobTrace.of(JOB))
        .isEqualTo(new JobTrace("cd87b55ddac148226ee4793c523086b7", "4d31b4ecb33bd0a4"));
  }
}
