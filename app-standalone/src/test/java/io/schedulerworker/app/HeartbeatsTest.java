package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.WebhookServer.Answer;
import io.schedulerworker.app.http.Logs;
import io.schedulerworker.testing.SimulatedClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watchdog hears of a schedule. */
class HeartbeatsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PING = "/ping/planted-uuid";

  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2025-08-14T11:59:30Z"));

  @TempDir
  Path directory;

  private WebhookServer n8n;
  private WebhookServer watchdog;

  @BeforeEach
  void start() throws IOException {
    n8n = new WebhookServer();
    watchdog = new WebhookServer();
  }

  @AfterEach
  void stop() {
    n8n.close();
    watchdog.close();
  }

  private TestService service(String... variables) throws IOException {
    Path config = Files.writeString(directory.resolve("s.toml"), """
        [[schedules]]
        id = "noon"
        cron = "0 12 * * *"
        heartbeat_url = "%s?create=1"
        """.formatted(watchdog.url(PING)));
    return TestService.start(clock, config, variables);
  }

  /** What was pinged, without what comes before {@code /start} and {@code /fail}. */
  private List<String> pings() {
    return watchdog.calls().stream()
        .map(call -> call.path().substring(PING.length()))
        .toList();
  }

  private void await(String... pings) {
    Await.until(() -> "pings " + pings(), SOON, () -> {
      clock.advance(Duration.ofSeconds(1));
      return pings().size() >= pings.length;
    });
    assertThat(pings()).containsExactly(pings);
  }

  private static Map<?, ?> newestJob(TestService service) {
    return (Map<?, ?>) ((List<?>) service.api().get("/api/jobs").json().get("jobs")).get(0);
  }

  @Test
  void aJobThatEndsWellBeginsAndSucceeds() throws IOException {
    try (TestService service =
        service("SCHEDULER_COMPLETION", "trigger").register(Registry.of(2, n8n))) {
      await("/start", "");
      String traceId = String.valueOf(newestJob(service).get("traceId"));
      UUID rid = UUID.nameUUIDFromBytes(traceId.getBytes(StandardCharsets.UTF_8));
      assertThat(watchdog.calls()).allSatisfy(call -> {
        assertThat(call.query()).isEqualTo("create=1&rid=" + rid);
        assertThat(call.method()).isEqualTo("POST");
      });
      assertThat(watchdog.calls())
          .extracting(WebhookServer.Call::body)
          .containsExactly(
              "began: 2 KPIs, " + traceId,
              "completed: 2 of 2 KPIs completed, 0 failed or timed out, " + traceId);
    }
  }

  @Test
  void aJobThatFailsFailsAndOneThatIsDrivenAgainSucceeds() throws IOException {
    n8n.answer("/webhook/kpi-1", new Answer(400, "no"), new Answer(200, ""));
    try (TestService service =
        service("SCHEDULER_COMPLETION", "trigger").register(Registry.of(2, n8n))) {
      await("/start", "/fail");
      Object traceId = newestJob(service).get("traceId");
      Await.until(
          () -> "no retry",
          SOON,
          () -> service.api().post("/api/jobs/" + traceId + "/retry", "").status() < 300);
      await("/start", "/fail", "");
    }
  }

  @Test
  void whereNoEndIsWaitedForTheCallsDecide() throws IOException {
    try (TestService service = service().register(Registry.of(1, n8n))) {
      await("/start", "");
      complete(service, 1);
      clock.advance(Duration.ofMinutes(2));
      Await.until(() -> "not ended", SOON, () -> {
        clock.advance(Duration.ofSeconds(5));
        return newestJob(service).get("status").equals("completed");
      });
    }
    assertThat(pings()).containsExactly("/start", "");
  }

  @Test
  void whereEndsAreWaitedForTheyDecide() throws IOException {
    try (TestService service =
        service("SCHEDULER_JOB_TIMEOUT", "2h").register(Registry.of(2, n8n))) {
      await("/start");
      Await.until(() -> "not called", SOON, () -> {
        clock.advance(Duration.ofSeconds(1));
        return n8n.calls().size() == 2;
      });
      complete(service, 2);
      await("/start", "");
    }
  }

  private void complete(TestService service, int kpis) {
    String job = "/api/jobs/" + newestJob(service).get("traceId");
    for (int i = 0; i < kpis; i++) {
      assertThat(service
              .api()
              .post(job + "/kpis/kpi-" + i, "{\"status\":\"completed\"}")
              .status())
          .isEqualTo(200);
    }
  }

  @Test
  void aFireWithoutARegistryFails() throws IOException {
    try (TestService service = service()) {
      await("/fail");
      assertThat(watchdog.calls().get(0).body()).startsWith("no job: registry");
      assertThat(service.api().get("/api/health").body()).doesNotContain("planted");
    }
  }

  @Test
  void aFireThatAStoreHoldsUpFailsOnceAndGoesOnWhenItIsBack() throws IOException {
    String uri = "faulty:heartbeats-away";
    try (TestService service = service(
            "CONFIG_KV", uri, "SCHEDULER_COMPLETION", "trigger", "SCHEDULER_REGISTRY_MAX_AGE", "0")
        .register(Registry.of(1, n8n))) {
      FaultyStores.at(uri).goAway();
      await("/fail");
      assertThat(watchdog.calls().get(0).body()).startsWith("the fire fails and is tried again: ");
      FaultyStores.at(uri).comeBack();
      await("/fail", "/start", "");
      assertThat(service.api().get("/api/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void aJobByHandIsNoHeartbeat() throws IOException {
    try (TestService service =
        service("SCHEDULER_COMPLETION", "trigger").register(Registry.of(1, n8n))) {
      assertThat(service.api().post("/api/trigger?wait=true", "").status()).isEqualTo(200);
    }
    assertThat(watchdog.calls()).isEmpty();
  }

  @Test
  void aWatchdogThatFailsShowsNoAddress() throws IOException {
    watchdog.answer(PING + "/start", new Answer(500, "planted"));
    try (Logs logs = new Logs();
        TestService service =
            service("SCHEDULER_COMPLETION", "trigger").register(Registry.of(1, n8n))) {
      Await.until(() -> "no success among " + pings(), SOON, () -> {
        clock.advance(Duration.ofSeconds(1));
        return pings().contains("");
      });
      assertThat(logs.lines())
          .anyMatch(line -> line.contains("heartbeats of noon do not reach 127.0.0.1:"))
          .noneMatch(line -> line.contains("planted"));
      assertThat(service.api().get("/api/schedules").body()).doesNotContain("planted");
    }
  }
}
