package io.schedulerworker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTest {
  private static final ScheduleId DAILY = new ScheduleId("daily");
  private static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");

  @Test
  void aFireHasTheIdOfTheContractsExample() {
    assertThat(TraceId.ofFire(DAILY, NOON, 0)).hasToString("trace_20250814_120000_1k3j9q9o");
    assertThat(TraceId.ofFire(DAILY, NOON, 1)).hasToString("trace_20250814_120000_scqn81cw");
  }

  @Test
  void aCronHasTheScheduleIdOfTheContractsExample() {
    assertThat(ScheduleId.ofCron("0 12 * * *")).hasToString("cron-0gerc8sp");
  }

  @Test
  void aFractionOfASecondDoesNotChangeTheId() {
    assertThat(TraceId.ofFire(DAILY, NOON.plusMillis(999), 0))
        .isEqualTo(TraceId.ofFire(DAILY, NOON, 0));
  }

  @Test
  void allCandidatesOfAFireDiffer() {
    assertThat(TraceId.CANDIDATES).isEqualTo(6);
    for (int i = 1; i < TraceId.CANDIDATES; i++) {
      assertThat(TraceId.ofFire(DAILY, NOON, i)).isNotEqualTo(TraceId.ofFire(DAILY, NOON, i - 1));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TraceId.ofFire(DAILY, NOON, TraceId.CANDIDATES))
        .withMessageContaining("0 to 5");
    assertThatIllegalArgumentException().isThrownBy(() -> TraceId.ofFire(DAILY, NOON, -1));
  }

  @Test
  void aManualJobHasTheSuffixThatWasDrawn() {
    assertThat(TraceId.ofManual(NOON.plusSeconds(61), "abc12345"))
        .hasToString("trace_20250814_120101_abc12345");
  }

  @Test
  void idsSortByTime() {
    TraceId early = TraceId.ofManual(NOON, "zzzzzzzz");
    TraceId late = TraceId.ofManual(NOON.plusSeconds(1), "00000000");
    assertThat(early).isLessThan(late);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "trace_20250814_120000_ABC12345",
        "trace_20250814_120000_abc1234",
        "trace_20250814_120000_abc123456",
        "trace_2025081_120000_abc12345",
        "x",
        "trace_20250814_120000_abc12345\n"
      })
  void anotherShapeIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TraceId(text))
        .withMessageContaining("must look like");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Daily", "a b", "é", "daily\n"})
  void aScheduleIdOfOtherCharactersIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ScheduleId(text));
  }

  @Test
  void aScheduleIdHasUpTo64Characters() {
    assertThat(new ScheduleId("a".repeat(64)).value()).hasSize(64);
    assertThatIllegalArgumentException().isThrownBy(() -> new ScheduleId("a".repeat(65)));
  }

  @Test
  void noScheduleIsCalledManual() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule(ScheduleId.MANUAL, "* * * * *", ZoneOffset.UTC))
        .withMessageContaining("reserved");
  }

  @Test
  void aFireIsEitherScheduledOrManual() {
    assertThat(Fire.manual().isManual()).isTrue();
    assertThat(new Fire(DAILY, "0 12 * * *", NOON).traceId(0))
        .isEqualTo(TraceId.ofFire(DAILY, NOON, 0));
    assertThat(new Fire(DAILY, "0 12 * * *", NOON).isManual()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new Fire(DAILY, null, NOON));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fire(DAILY, "0 12 * * *", null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fire(ScheduleId.MANUAL, "0 12 * * *", NOON));
  }

  @Test
  void anIdempotencyKeyIsSafeInAHeader() {
    TraceId id = TraceId.ofManual(NOON, "abc12345");
    assertThat(IdempotencyKey.of(id, "btc-price_1.0~x"))
        .hasToString("trace_20250814_120000_abc12345:btc-price_1.0~x");
    assertThat(IdempotencyKey.of(id, "a b:é😀%"))
        .hasToString("trace_20250814_120000_abc12345:a%20b%3A%C3%A9%F0%9F%98%80%25");
  }
}
