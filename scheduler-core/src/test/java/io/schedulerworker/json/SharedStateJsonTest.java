package io.schedulerworker.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.schedulerworker.model.ClockBeat;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.model.Extras;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.Pause;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.Step;
import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What processes share beside the job records: leases, ledgers, steps. */
class SharedStateJsonTest {
  private static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");
  private static final Fire FIRE = new Fire(new ScheduleId("daily"), "0 12 * * *", NOON);

  @Test
  void aLeaseIsReadAsItWasWritten() {
    Lease lease = Lease.claim("me", 1, Duration.ofSeconds(15), Delivery.AT_MOST_ONCE, FIRE)
        .renewed(true)
        .takenOver("you", Duration.ofSeconds(20))
        .givenUp();

    String text = LeaseJson.write(lease);

    assertThat(text).isEqualTo("""
            {"owner":"you","claimant":"me","epoch":2,"sequence":4,"durationMs":20000,\
            "handedOver":true,"recorded":true,"delivery":"at-most-once","schedule":\
            {"id":"daily","cron":"0 12 * * *","fireTime":"2025-08-14T12:00:00Z"}}""");
    assertThat(LeaseJson.read(text)).isEqualTo(lease);
  }

  @Test
  void aLedgerIsReadAsItWasWrittenWithWhatAnotherVersionAdded() {
    Ledger ledger = new Ledger(
            "abc",
            "0 12 * * *",
            "Europe/Berlin",
            "0123456789abcdef",
            NOON,
            NOON,
            null,
            List.of(new Pause(NOON.plusSeconds(5), NOON.plusSeconds(6))),
            List.of(),
            List.of(),
            2,
            new Extras(Map.of("later", new JsonText("{\"a\":1}"))))
        .settled(Fate.job(NOON.plusSeconds(1), new TraceId("trace_20250814_120001_abcdefgh"), "me"))
        .decided(
            NOON.plusSeconds(3),
            List.of(Fate.skipped(NOON.plusSeconds(2), SkipReason.REGISTRY, "gone\u0007", "you")
                .late(Owed.Cause.PAUSED)),
            List.of(
                new Owed(NOON.plusSeconds(3), Owed.Cause.OVERLAP, NOON.plusSeconds(4)),
                new Owed(NOON.plusSeconds(4), Owed.Cause.MISSED, NOON, NOON.plusSeconds(5))));

    String text = LedgerJson.write(ledger);

    assertThat(text)
        .startsWith("{\"definition\":\"abc\",\"cron\":\"0 12 * * *\",\"zone\":\"Europe/Berlin\",")
        .contains("\"zoneRules\":\"0123456789abcdef\",\"since\":")
        .contains("\"settledUntil\":\"2025-08-14T12:00:03Z\",\"pausedSince\":null,")
        .contains(
            "\"pauses\":[{\"from\":\"2025-08-14T12:00:05Z\",\"to\":\"2025-08-14T12:00:06Z\"}]")
        .contains("\"owed\":[{\"fireTime\":\"2025-08-14T12:00:03Z\",\"cause\":\"overlap\",")
        .contains("}],\"abandoned\":2,\"fates\":[{")
        .contains("\"by\":\"you\",\"late\":\"paused\"}")
        .contains("{\"fireTime\":\"2025-08-14T12:00:01Z\",\"fate\":\"job\",\"traceId\":")
        .contains("\"fate\":\"skipped\",\"reason\":\"registry\",\"detail\":")
        .endsWith("\"later\":{\"a\":1}}");
    assertThat(LedgerJson.read(text)).isEqualTo(ledger);
  }

  @Test
  void aStepIsReadAsItWasWrittenAndSaysNothingTwice() {
    KpiRun run = KpiRun.pending("a").triggered(NOON, 0, new KpiRun.Answer(84L, 200, null));
    Step step = new Step(2, List.of(run), List.of("b"));

    String text = StepJson.write(step);

    assertThat(text).isEqualTo("""
            {"epoch":2,"runs":{"a":{"status":"triggered","triggeredAt":"2025-08-14T12:00:00Z",\
            "responseTime":84,"httpStatus":200}},"intents":["b"]}""");
    assertThat(StepJson.read(text)).isEqualTo(step);
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> LeaseJson.read("{\"owner\":\"a\"}"))
        .withMessage("the lease lacks claimant");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> LedgerJson.read("{\"definition\":\"a\",\"fates\":{}}"))
        .withMessage("the schedule's ledger's fates must be a list");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> StepJson.read("[]"))
        .withMessage("the step of a job must be an object");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> LedgerJson.read(
            "{\"fates\":[{\"fireTime\":\"2025-08-14T12:00:00Z\",\"fate\":\"job\"}]}"))
        .withMessageContaining("either a job or a reason");
  }

  @Test
  void clocksAreReadAsTheyWereWritten() {
    List<ClockBeat> beats =
        List.of(new ClockBeat("me", 3, NOON.plusMillis(7)), new ClockBeat("you", 1, NOON));

    String text = ClockBeatsJson.write(beats);

    assertThat(text)
        .startsWith(
            "{\"clocks\":[{\"owner\":\"me\",\"number\":3,\"at\":\"2025-08-14T12:00:00.007Z\"}");
    assertThat(ClockBeatsJson.read(text)).isEqualTo(beats);
    assertThat(ClockBeatsJson.read("{\"clocks\":[],\"more\":{}}")).isEmpty();
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> ClockBeatsJson.read("{\"clocks\":[{\"owner\":\"me\"}]}"));
  }
}
