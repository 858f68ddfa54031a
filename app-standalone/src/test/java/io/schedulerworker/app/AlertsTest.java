package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.FaultyStores.FaultyStore;
import io.schedulerworker.app.WebhookServer.Answer;
import io.schedulerworker.app.http.Logs;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.testing.SimulatedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service tells the webhook for alerts. */
class AlertsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant START = Instant.parse("2025-08-14T11:59:30Z");
  private static final String HOOK = "/planted-hook";
  private static final String MINUTELY = "[[schedules]]\nid = \"minutely\"\ncron = \"* * * * *\"\n";

  private final SimulatedClock clock = new SimulatedClock(START);

  @TempDir
  Path directory;

  private WebhookServer n8n;
  private WebhookServer hook;

  @BeforeEach
  void start() throws IOException {
    n8n = new WebhookServer();
    hook = new WebhookServer();
  }

  @AfterEach
  void stop() {
    n8n.close();
    hook.close();
  }

  private TestService service(String schedules, String... variables) throws IOException {
    List<String> all = new ArrayList<>(List.of(
        "SCHEDULER_ALERTS_URL",
        hook.url(HOOK) + "?token=planted",
        "SCHEDULER_COMPLETION",
        "trigger",
        "ENVIRONMENT",
        "production"));
    all.addAll(List.of(variables));
    Path config = Files.writeString(
        directory.resolve("s.toml"), schedules.isEmpty() ? "triggers.crons = []\n" : schedules);
    return TestService.start(clock, config, all.toArray(String[]::new));
  }

  private List<Map<String, Object>> alerts(String kind) {
    return hook.calls(HOOK).stream()
        .map(call -> Json.object(call.body()))
        .filter(alert -> kind.equals(alert.get("alert")))
        .toList();
  }

  /** Lets time pass until there are so many of a kind. */
  private List<Map<String, Object>> await(String kind, int count) {
    Await.until(() -> kind + " at " + clock.now() + " among " + hook.calls(), SOON, () -> {
      clock.advance(Duration.ofSeconds(1));
      return alerts(kind).size() >= count;
    });
    return alerts(kind);
  }

  private static String text(Map<String, Object> alert, String field) {
    return String.valueOf(alert.get(field));
  }

  @Test
  void aJobThatFailsIsToldOnceHoweverOften() throws IOException {
    n8n.answer("/webhook/kpi-0", new Answer(400, "no"));
    try (TestService service =
        service(MINUTELY, "SCHEDULER_ALERTS_REPEAT_AFTER", "3m").register(Registry.of(1, n8n))) {
      Map<String, Object> alert = await("job_failed", 1).get(0);

      assertThat(alert.keySet())
          .containsExactly(
              "alert",
              "status",
              "severity",
              "summary",
              "environment",
              "schedule",
              "traceId",
              "count",
              "timestamp",
              "worker",
              "version");
      assertThat(alert)
          .containsEntry("status", "firing")
          .containsEntry("severity", "critical")
          .containsEntry("environment", "production")
          .containsEntry("schedule", "minutely")
          .containsEntry("count", 1)
          .containsEntry("worker", "scheduler-worker")
          .containsEntry("version", Version.number());
      assertThat(text(alert, "traceId")).startsWith("trace_20250814_120000_");
      assertThat(text(alert, "timestamp")).startsWith("2025-08-14T12:00:").endsWith("Z");
      assertThat(text(alert, "summary"))
          .startsWith("the job of minutely at 2025-08-14T12:00:00Z failed:"
              + " 0 of 1 KPI completed, 1 failed or timed out; kpi-0: ")
          .contains("400");

      Map<String, Object> more = await("job_failed", 2).get(1);
      assertThat((Integer) more.get("count")).isBetween(2, 4);
      assertThat(text(more, "summary")).matches("and [234] more, the last: the job of minutely .*");
      assertThat(hook.calls()).hasSize(2);
      awaitMetric(service, "alerts_total{alert=\"job_failed\",status=\"firing\"} 2.0");
    }
  }

  private static void awaitMetric(TestService service, String line) {
    Await.until(
        () -> line,
        SOON,
        () -> service.api().get("/metrics").body().contains("scheduler_worker_" + line));
  }

  @Test
  void partialJobsAreToldAndWhatEndsWellIsNot() throws IOException {
    n8n.answer("/webhook/kpi-1", new Answer(400, "no"), new Answer(200, ""));
    try (TestService service = service("").register(Registry.of(2, n8n))) {
      assertThat(service.api().post("/api/trigger?wait=true", "").status()).isEqualTo(200);
      assertThat(await("job_partial", 1).get(0))
          .containsEntry("severity", "warning")
          .containsEntry("schedule", "manual");
      assertThat(service.api().post("/api/trigger?wait=true", "").status()).isEqualTo(200);
    }
    assertThat(hook.calls()).hasSize(1);
  }

  @Test
  void aFireWithoutARegistryIsTold() throws IOException {
    try (TestService service = service(MINUTELY)) {
      Map<String, Object> alert = await("fire_skipped", 1).get(0);
      assertThat(text(alert, "summary"))
          .startsWith("the fire of minutely at 2025-08-14T12:00:00Z made no job: registry");
      assertThat(service.api().get("/api/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void missedFiresAreTold() throws IOException {
    String hourly = "[[schedules]]\nid = \"hourly\"\ncron = \"0 * * * *\"\n";
    String jobs = "file:" + directory.resolve("jobs");
    service(hourly, "JOBS_KV", jobs).close();
    clock.advance(Duration.ofHours(3));
    try (TestService later = service(hourly, "JOBS_KV", jobs).register(Registry.of(1, n8n))) {
      List<Map<String, Object>> missed = await("fires_missed", 2);
      assertThat(missed)
          .extracting(alert -> text(alert, "severity") + " " + text(alert, "count"))
          .containsExactlyInAnyOrder("critical 2", "warning 1");
      assertThat(missed)
          .extracting(alert -> text(alert, "summary"))
          .containsExactlyInAnyOrder(
              "2 fires of hourly were missed, the last one at 2025-08-14T13:00:00Z,"
                  + " and are not made up for",
              "the fire of hourly at 2025-08-14T14:00:00Z was missed and is to be made up for");
      assertThat(later.api().get("/api/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void aHostThatIsClosedForLongIsToldUntilItIsCalledAgain() throws IOException {
    n8n.answer(
        "/webhook/kpi-0", new Answer(429, "").with("Retry-After", "60"), new Answer(200, ""));
    String host = n8n.url("").substring("http://".length());
    try (TestService service =
        service("", "SCHEDULER_ALERTS_HOST_CLOSED_FOR", "20s").register(Registry.of(1, n8n))) {
      assertThat(service.api().post("/api/trigger", "").status()).isEqualTo(202);
      Map<String, Object> closed = await("host_closed", 1).get(0);
      assertThat(closed)
          .containsEntry("status", "firing")
          .containsEntry("host", host)
          .doesNotContainKey("count");
      assertThat(Instant.parse(text(closed, "timestamp"))).isAfterOrEqualTo(START.plusSeconds(20));

      assertThat(await("host_closed", 2).get(1))
          .containsEntry("status", "resolved")
          .containsEntry("summary", host + " is called again");
    }
  }

  @Test
  void aStoreThatIsAwayIsToldAndSoIsTheFireThatNeedsIt() throws IOException {
    String uri = "faulty:alerts-away";
    try (TestService service =
        service(MINUTELY, "CONFIG_KV", uri, "SCHEDULER_ALERTS_STORE_AWAY_FOR", "30s")) {
      FaultyStore config = FaultyStores.at(uri);
      config.goAway();
      Map<String, Object> away = await("store_away", 1).get(0);
      assertThat(away).containsEntry("store", "CONFIG_KV").containsEntry("status", "firing");
      assertThat(text(away, "summary")).matches("CONFIG_KV has been out of reach for .*: .*away");
      assertThat(await("fire_failing", 1).get(0)).containsEntry("schedule", "minutely");

      config.comeBack();
      assertThat(await("store_away", 2).get(1)).containsEntry("status", "resolved");
      assertThat(await("fire_failing", 2).get(1)).containsEntry("status", "resolved");
      assertThat(service.api().get("/api/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void jobsKvThatHangsIsToldWithoutIt() throws IOException {
    String uri = "faulty:alerts-hanging";
    try (TestService service =
        service("", "JOBS_KV", uri, "SCHEDULER_ALERTS_STORE_AWAY_FOR", "30s")) {
      FaultyStores.at(uri).hang();
      Map<String, Object> away = await("store_away", 1).get(0);
      assertThat(away).containsEntry("store", "JOBS_KV");
      FaultyStores.at(uri).comeBack();
      assertThat(await("store_away", 2).get(1)).containsEntry("status", "resolved");
      assertThat(service.api().get("/api/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void aLeaseThatIsLostIsTold() throws Exception {
    String uri = "faulty:alerts-lease";
    n8n.hold();
    try (TestService service = service("", "JOBS_KV", uri).register(Registry.of(1, n8n))) {
      Object traceId = service.api().post("/api/trigger", "").json().get("traceId");
      assertThat(n8n.awaitArrivals(1, SOON)).isTrue();
      FaultyStores.at(uri).delete("lease:" + traceId, Deadline.in(SOON, clock));
      assertThat(await("lease_lost", 1).get(0))
          .containsEntry("traceId", traceId)
          .containsEntry("schedule", "manual");
      n8n.release(9);
    }
  }

  @Test
  void whatIsNotWantedIsNotTold() throws IOException {
    n8n.answer("/webhook/kpi-1", new Answer(400, "no"));
    try (TestService service = service("", "SCHEDULER_ALERTS_ON", "job_failed, store_away")
        .register(Registry.of(2, n8n))) {
      service.api().post("/api/trigger?wait=true", "");
    }
    assertThat(hook.calls()).isEmpty();
  }

  @Test
  void aWebhookThatNeverAnswersHoldsUpNoJob() throws Exception {
    hook.hold();
    n8n.answer("/webhook/kpi-0", new Answer(400, "no"));
    try (TestService service = service("").register(Registry.of(1, n8n))) {
      for (int i = 0; i < 3; i++) {
        long began = System.nanoTime();
        assertThat(service.api().post("/api/trigger?wait=true", "").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
      }
      assertThat(hook.awaitArrivals(1, SOON)).isTrue();
      hook.release(9);
    }
  }

  @Test
  void whatHappensLastIsToldBeforeTheEnd() throws IOException {
    n8n.answer("/webhook/kpi-0", new Answer(400, "no"));
    try (TestService service =
        service("", "SCHEDULER_ALERTS_FORMAT", "slack").register(Registry.of(1, n8n))) {
      service.api().post("/api/trigger?wait=true", "");
    }
    assertThat(hook.calls()).singleElement().satisfies(call -> {
      assertThat(Json.object(call.body())).containsOnlyKeys("text");
      assertThat(call.body()).contains("[critical] production: a job by hand failed: ");
      assertThat(call.query()).isEqualTo("token=planted");
    });
  }

  @Test
  void theAddressIsShownNowhere() throws IOException {
    hook.answer(HOOK, new Answer(500, "planted"));
    n8n.answer("/webhook/kpi-0", new Answer(400, "no"));
    try (Logs logs = new Logs();
        TestService service = service("").register(Registry.of(1, n8n))) {
      service.api().post("/api/trigger?wait=true", "");
      awaitMetric(service, "alert_failures_total 1.0");
      assertThat(service.api().get("/api/health").body()).doesNotContain("planted");
      assertThat(service.api().get("/metrics").body()).doesNotContain("planted");
      assertThat(logs.lines())
          .anyMatch(line -> line.contains("alerts do not reach 127.0.0.1:"))
          .noneMatch(line -> line.contains("planted"));
      hook.answer(HOOK, new Answer(200, ""));
    }
  }
}
