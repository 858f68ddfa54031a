package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.schedulerworker.app.FaultyStores.FaultyStore;
import io.schedulerworker.system.SystemClock;
import io.schedulerworker.testing.SimulatedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What health says, and that it says it in time. */
class HealthTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir
  Path directory;

  /** Asks again until it says so: stores are asked once a second at most. */
  private static ApiClient.Reply await(TestService service, Predicate<ApiClient.Reply> wanted)
      throws InterruptedException {
    Instant end = Instant.now().plus(SOON);
    ApiClient.Reply reply = health(service);
    while (!wanted.test(reply) && Instant.now().isBefore(end)) {
      Thread.sleep(50);
      reply = health(service);
    }
    assertThat(wanted).as(reply.body()).accepts(reply);
    return reply;
  }

  private static ApiClient.Reply health(TestService service) {
    return service.api().call("GET", "/api/health", "");
  }

  private static Predicate<ApiClient.Reply> says(String text) {
    return reply -> reply.body().contains(text);
  }

  @Test
  void aServiceThatIsWell() throws Exception {
    try (WebhookServer n8n = new WebhookServer();
        TestService service = TestService.start().register(Registry.of(2, n8n))) {
      await(service, says("\"status\":\"healthy\""));
      Object traceId = service.api().post("/api/trigger?wait=true", "").json().get("traceId");

      ApiClient.Reply reply = await(service, says("\"lastJob\":{"));

      Map<String, Object> health = reply.json();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(health.keySet())
          .containsExactly(
              "status",
              "timestamp",
              "worker",
              "version",
              "kvStores",
              "lastJob",
              "nextFireTime",
              "warnings",
              "responseTime");
      assertThat(health)
          .containsEntry("status", "healthy")
          .containsEntry("worker", "scheduler-worker")
          .containsEntry("version", Version.number())
          .containsEntry("kvStores", Map.of("jobs", "connected", "config", "connected"))
          .containsEntry("warnings", List.of());
      assertThat(Json.object(health, "lastJob"))
          .containsEntry("traceId", traceId)
          .containsEntry("kpiCount", 2)
          .containsOnlyKeys("traceId", "status", "createdAt", "kpiCount");
      assertThat(health.get("timestamp")).asInstanceOf(STRING).matches("\\S{19}Z");
      assertThat(health.get("nextFireTime")).asInstanceOf(STRING).endsWith("T12:00:00Z");
    }
  }

  @Test
  void withoutARegistryItIsDegraded() throws Exception {
    try (TestService service = TestService.start()) {
      ApiClient.Reply reply = await(service, says("the registry is at fault"));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json()).containsEntry("status", "degraded").containsEntry("lastJob", null);
    }
  }

  @Test
  void jobsKvOutOfReachIsUnhealthy() throws Exception {
    try (WebhookServer n8n = new WebhookServer();
        TestService service =
            TestService.start("JOBS_KV", "faulty:jobs-away").register(Registry.of(1, n8n))) {
      await(service, says("\"healthy\""));
      FaultyStores.at("faulty:jobs-away").goAway();

      ApiClient.Reply reply = await(service, says("unhealthy"));

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json())
          .containsEntry("kvStores", Map.of("jobs", "error", "config", "connected"));
      assertThat(service.api().post("/api/trigger", "").status()).isEqualTo(503);
      assertThat(service.api().get("/api/jobs").detail()).contains("the store is away");
      FaultyStores.at("faulty:jobs-away").comeBack();
      await(service, says("\"healthy\""));
    }
  }

  @Test
  void aClockThatIsDaysOffIsUnhealthy() throws Exception {
    String uri = "file:" + directory.resolve("jobs");
    Instant now = Instant.parse("2025-08-14T09:00:00Z");
    SimulatedClock ahead = new SimulatedClock(now.plus(Duration.ofDays(3)));
    try (TestService first = TestService.start(ahead, null, "JOBS_KV", uri)) {
      awaitSchedules(first, "2025-08-17T09:00:00Z");
    }
    SimulatedClock right = new SimulatedClock(now);
    try (TestService service = TestService.start(right, null, "JOBS_KV", uri)) {
      ApiClient.Reply reply = await(service, answer -> {
        right.advance(Duration.ofSeconds(1));
        return says("are settled up to 2025-08-17T09:00:00Z").test(answer);
      });

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json()).containsEntry("status", "unhealthy");
    }
  }

  private static void awaitSchedules(TestService service, String text) throws InterruptedException {
    Instant end = Instant.now().plus(SOON);
    String said = "";
    while (!said.contains(text) && Instant.now().isBefore(end)) {
      Thread.sleep(20);
      said = service.api().get("/api/schedules").body();
    }
    assertThat(said).contains(text);
  }

  @Test
  void configKvOutOfReachIsUnhealthyUnlessARegistryStandsIn() throws Exception {
    String uri = "faulty:config-away";
    try (WebhookServer n8n = new WebhookServer();
        TestService service = TestService.start("CONFIG_KV", uri)) {
      FaultyStore config = FaultyStores.at(uri);
      config.goAway();
      assertThat(await(service, says("no registry to stand in")).status()).isEqualTo(503);
      config.comeBack();
      service.register(Registry.of(1, n8n));
      await(service, says("\"healthy\""));

      config.goAway();

      ApiClient.Reply reply = await(service, says("the last good registry stands in"));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json())
          .containsEntry("status", "degraded")
          .containsEntry("kvStores", Map.of("jobs", "connected", "config", "error"));
      assertThat(service.api().post("/api/trigger?wait=true", "").status()).isEqualTo(200);
    }
  }

  @Test
  void itAnswersInTwoSecondsWhateverHangs() throws Exception {
    String uri = "faulty:hanging";
    try (TestService service = TestService.start("CONFIG_KV", uri, "JOBS_KV", uri)) {
      FaultyStores.at(uri).hang();
      for (int i = 0; i < 20; i++) {
        long began = System.nanoTime();
        service.api().call("GET", "/api/health/live", "");
        ApiClient.Reply reply = health(service);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        if (i > 0) {
          assertThat(reply.status()).as(reply.body()).isEqualTo(503);
        }
      }
      assertThat(Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("scheduler-worker-"))
              .filter(Thread::isAlive)
              .count())
          .isLessThan(12);
      FaultyStores.at(uri).comeBack();
    }
  }

  @Test
  void oddSettingsUnknownIdsAndCronsThatNeverFireAreWarnedOf() throws Exception {
    Path config = Files.writeString(directory.resolve("s.toml"), """
        [[schedules]]
        id = "leap"
        cron = "0 0 31 2 *"
        [[schedules]]
        id = "some"
        cron = "0 0 * * *"
        select = { id = ["kpi-0", "kpi-9"] }
        """);
    try (WebhookServer n8n = new WebhookServer();
        TestService service =
            TestService.start(new SystemClock(), config).register(Registry.of(1, n8n))) {
      ApiClient.Reply reply = await(service, says("kpi-9"));
      assertThat(reply.body()).contains("never fires", "schedule some").doesNotContain("kpi-0");
    }
  }

  @Test
  void aRegistryFileTakesThePlaceOfConfigKv() throws IOException, InterruptedException {
    Path file = directory.resolve("r.json");
    try (WebhookServer n8n = new WebhookServer();
        TestService service = TestService.start("SCHEDULER_REGISTRY_FILE", file.toString())) {
      assertThat(await(service, says("unhealthy")).status()).isEqualTo(503);
      Files.writeString(file, Registry.of(3, n8n));

      await(service, says("\"config\":\"connected\""));
      assertThat(service.api().post("/api/trigger", "").json()).containsEntry("kpiCount", 3);
      assertThat(service.api().get("/api/registry").body()).isEqualTo(Registry.of(3, n8n));
      assertThat(service.api().put("/api/registry", "{}").status()).isEqualTo(409);
    }
  }
}
