package io.schedulerworker.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schedulerworker.model.Extras;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiRun.Answer;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SettledBy;
import io.schedulerworker.model.Step;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.model.TriggerPayload;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRecordJsonTest {
  private static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");
  private static final TraceId ID = new TraceId("trace_20250814_120000_abc12345");

  private static final String SEED = """
      {"traceId":"trace_20250814_120000_abc12345","status":"pending","createdAt":"2025-08-14T12:00:\
      00Z","updatedAt":"2025-08-14T12:00:00Z","kpis":{"cmc-btc-price":{"kpiId":"cmc-btc-price",\
      "status":"pending","completedAt":null,"error":null,"retryCount":0}},"metadata":{"totalKPIs":1,\
      "completedKPIs":0,"failedKPIs":0,"environment":"development"}}""";

  @Test
  void theSeedsRecordIsReadAndWrittenBackToTheLetter() {
    assertThat(JobRecordJson.write(JobRecordJson.read(SEED))).isEqualTo(SEED);
  }

  @Test
  void aNewRecordHasTheContractsShape() {
    Schedule daily = new Schedule(new ScheduleId("daily"), "0 12 * * *", ZoneOffset.UTC);
    JobRecord job =
        JobRecord.pending(ID, NOON, List.of("cmc-btc-price"), "development", Fire.of(daily, NOON));
    assertThat(JobRecordJson.write(job))
        .isEqualTo(SEED.replace(
            "\"development\"}",
            "\"development\",\"schedule\":{\"id\":\"daily\",\"cron\":\"0 12 * * *\","
                + "\"fireTime\":\"2025-08-14T12:00:00Z\"},\"format\":1}"));
  }

  @Test
  void aManualJobSaysSo() {
    JobRecord job = JobRecord.pending(ID, NOON, List.of("a"), "e", Fire.manual());
    assertThat(JobRecordJson.write(job)).contains("\"schedule\":{\"id\":\"manual\"},\"format\":1");
    assertThat(JobRecordJson.read(JobRecordJson.write(job))).isEqualTo(job);
  }

  @Test
  void everyFieldOfARunSurvives() {
    Answer answer = new Answer(42L, 200, null);
    KpiRun full = new KpiRun(
        "d",
        KpiStatus.TIMED_OUT,
        NOON,
        "late",
        2,
        NOON,
        7L,
        201,
        "4711",
        SettledBy.TIMEOUT,
        3,
        Extras.NONE);
    JobRecord job = JobRecord.pending(ID, NOON, List.of("a", "b", "c", "d"), "e", Fire.manual())
        .with(
            List.of(
                KpiRun.pending("a").triggered(NOON, 1, answer),
                KpiRun.pending("b").completed(NOON, 0, answer),
                KpiRun.pending("c").failed(NOON, "no \"way\"\n", 3, new Answer(5L, null, null)),
                full),
            NOON);
    String text = JobRecordJson.write(job);
    assertThat(JobRecordJson.read(text)).isEqualTo(job);
    assertThat(text)
        .contains("{\"kpiId\":\"a\",\"status\":\"triggered\",\"completedAt\":null,\"error\":null,"
            + "\"retryCount\":1,\"triggeredAt\":\"2025-08-14T12:00:00Z\",\"responseTime\":42,"
            + "\"httpStatus\":200}")
        .contains("\"settledBy\":\"dispatch\"")
        .contains("\"redrives\":3")
        .contains("\"completedKPIs\":1,\"failedKPIs\":2");
  }

  @Test
  void whatOtherWritersAddedStays() {
    String theirs = SEED.replace(
            "\"retryCount\":0", "\"retryCount\":0,\"value\":1.50,\"o\":{\"x\":[1]}")
        .replace("\"development\"}", "\"development\",\"who\":\"me\",\"schedule\":\"odd\"}")
        .replaceFirst("}$", ",\"top\":null}");
    assertThat(JobRecordJson.write(JobRecordJson.read(theirs))).isEqualTo(theirs);
  }

  @Test
  void aScheduleOfAnotherShapeIsPassedOn() {
    for (String odd : List.of(
        "{\"id\":\"NOT VALID\",\"cron\":\"x\",\"fireTime\":\"2025-08-14T12:00:00Z\"}",
        "{\"id\":\"a\",\"cron\":\"x\",\"fireTime\":\"soon\"}",
        "{\"id\":\"manual\",\"by\":\"me\"}",
        "{\"id\":\"a\"}")) {
      String theirs = SEED.replace("\"development\"}", "\"development\",\"schedule\":" + odd + "}");
      assertThat(JobRecordJson.write(JobRecordJson.read(theirs))).isEqualTo(theirs);
    }
  }

  @Test
  void anErrorThatIsNoStringIsKeptAsText() {
    String theirs = SEED.replace("\"error\":null", "\"error\":{\"code\":7}");
    KpiRun run = JobRecordJson.read(theirs).kpis().get("cmc-btc-price");
    assertThat(run.error()).isEqualTo("{\"code\":7}");
  }

  @Test
  void countsAreWrittenFromTheRunsWhateverStoodThere() {
    String theirs = SEED.replace("\"completedKPIs\":0", "\"completedKPIs\":\"many\"");
    assertThat(JobRecordJson.write(JobRecordJson.read(theirs))).isEqualTo(SEED);
  }

  @Test
  void everyStatusIsReadAsItIsWritten() {
    for (JobStatus status : JobStatus.values()) {
      String text = SEED.replaceFirst("\"pending\"", "\"" + status.text() + "\"");
      assertThat(JobRecordJson.read(text).status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
          "trace_20250814_120000_abc12345"     | 7      | traceId must be a string
          trace_20250814                       | trace_ | traceId: trace id
          "status":"pending","createdAt"       | "status":"odd","createdAt" | status must be a known one, not "odd"
          "2025-08-14T12:00:00Z","u            | "soon","u | createdAt must be an instant like 2025-08-14T12:00:00Z, not "soon"
          "2025-08-14T12:00:00Z","u            | "","u     | createdAt must be an instant like 2025-08-14T12:00:00Z, not ""
          "retryCount":0                       | "retryCount":"0" | kpis["cmc-btc-price"].retryCount must be a whole number
          "retryCount":0                       | "retryCount":99999999999 | kpis["cmc-btc-price"].retryCount must be a number of at most
          "kpiId":"cmc-btc-price","status":"pending" | "kpiId":"x" | the job record lacks kpis["cmc-btc-price"].status
          "environment":"development"          | "environment":7 | metadata.environment must be a string
          """)
  void aRecordAtFaultNamesTheField(String from, String to, String message) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> JobRecordJson.read(SEED.replace(from, to)))
        .withMessageContaining(message);
  }

  @Test
  void whatIsNoRecordIsRefused() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> JobRecordJson.read("[]"))
        .withMessage("the job record must be an object");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> JobRecordJson.read("{\"status\":\"pending\"}"))
        .withMessage("the job record lacks traceId");
  }

  @Test
  void thePayloadIsTheSeeds() {
    Kpi kpi = new Kpi(
        "cmc-btc-price",
        "Bitcoin Price (CMC)",
        "Current Bitcoin price from CoinMarketCap",
        "price",
        true,
        "http://n8n/x",
        null,
        null,
        Extras.NONE);
    assertThat(TriggerPayloadJson.write(new TriggerPayload(ID, kpi, NOON, "development", null)))
        .isEqualTo("""
            {"traceId":"trace_20250814_120000_abc12345","kpiId":"cmc-btc-price","timestamp":\
            "2025-08-14T12:00:00Z","kpiType":"price","metadata":{"schedulerWorker":\
            "scheduler-worker","environment":"development","kpiName":"Bitcoin Price (CMC)",\
            "kpiDescription":"Current Bitcoin price from CoinMarketCap"}}""");
  }

  @Test
  void thePayloadHasAllFieldsAlsoWithoutADescription() {
    Kpi kpi = new Kpi("é\"", "n", null, "t", true, "http://n8n/x", null, null, Extras.NONE);
    assertThat(TriggerPayloadJson.write(
            new TriggerPayload(ID, kpi, NOON, "e", "https://s.example/c?a=b")))
        .contains("\"kpiId\":\"é\\\"\"")
        .endsWith(
            "\"kpiName\":\"n\",\"kpiDescription\":null},\"callbackUrl\":\"https://s.example/c?a=b\"}");
  }

  @Test
  void aPayloadHasWhateverCharactersAKpiHas() throws IOException {
    String odd = "\u0000\n\"\\/\u2028\ud83d\ude00";
    Kpi kpi = new Kpi(odd, "cut \ud83d", odd, "t", true, "http://n8n/x", null, null, Extras.NONE);
    String payload = TriggerPayloadJson.write(new TriggerPayload(ID, kpi, NOON, odd, null));

    assertThat(payload).contains("cut \\ud83d").contains("\ud83d\ude00");
    JsonNode read = new ObjectMapper().readTree(payload);
    assertThat(read.path("kpiId").textValue()).isEqualTo(odd);
    assertThat(payload).contains("\"kpiId\":" + new ObjectMapper().writeValueAsString(odd) + ",");
    assertThat(read.path("metadata").path("kpiName").textValue()).isEqualTo("cut \ud83d");
    assertThat(read.path("metadata").path("environment").textValue()).isEqualTo(odd);
  }

  @Test
  void ofAMemberOfTheMetadataThatIsThereTwiceTheLastCounts() {
    String head =
        "{\"traceId\":\"trace_20250814_120000_1k3j9q9o\",\"status\":\"failed\",\"createdAt\":"
            + "\"2025-08-14T12:00:00Z\",\"updatedAt\":\"2025-08-14T12:00:01Z\",\"kpis\":{},\"metadata\":";
    JobRecord job = JobRecordJson.read(head
        + "{\"environment\":\"d\",\"schedule\":{\"x\":1},\"schedule\":{\"id\":\"manual\"},"
        + "\"error\":\"e\",\"error\":{}}}");

    assertThat(JobRecordJson.read(JobRecordJson.write(job))).isEqualTo(job);
    assertThat(JobRecordJson.write(job))
        .containsOnlyOnce("\"schedule\":{\"id\":\"manual\"}")
        .containsOnlyOnce("\"error\"");
  }

  @Test
  void countsThatMakeNoSenseSurviveToo() {
    JobRecord job =
        JobRecordJson.read(SEED.replace("\"retryCount\":0", "\"retryCount\":-1,\"redrives\":-2"));
    Step step = new Step(1, List.copyOf(job.kpis().values()), List.of());

    assertThat(JobRecordJson.read(JobRecordJson.write(job))).isEqualTo(job);
    assertThat(StepJson.read(StepJson.write(step))).isEqualTo(step);
  }
}
