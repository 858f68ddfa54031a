package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.testing.SimulatedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /api/schedules}, pausing and resuming. */
class SchedulesApiTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2025-08-14T11:59:30Z"));

  @TempDir
  Path directory;

  private WebhookServer n8n;
  private TestService service;

  @BeforeEach
  void start() throws IOException {
    Path config = Files.writeString(directory.resolve("scheduler.toml"), """
        [[schedules]]
        id = "noon"
        cron = "0 12 * * *"
        [[schedules]]
        id = "hourly"
        cron = "0 * * * *"
        zone = "Europe/Berlin"
        """);
    n8n = new WebhookServer();
    service = TestService.start(clock, config).register(Registry.of(1, n8n));
    Await.until(() -> "two schedules: " + list(), SOON, () -> list().size() == 2);
  }

  @AfterEach
  void stop() {
    service.close();
    n8n.close();
  }

  private List<?> list() {
    ApiClient.Reply reply = service.api().get("/api/schedules");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return (List<?>) reply.json().get("schedules");
  }

  private ApiClient.Reply post(String path) {
    return service.api().post("/api/schedules/" + path, "");
  }

  @Test
  void listsThemByIdWithWhatComesNext() {
    assertThat(list())
        .extracting(each -> ((Map<?, ?>) each).get("id"))
        .asString()
        .isEqualTo("[hourly, noon]");
    Map<?, ?> hourly = (Map<?, ?>) list().get(0);
    assertThat(hourly.get("zone")).isEqualTo("Europe/Berlin");
    assertThat(hourly.get("nextFireTime")).isEqualTo("2025-08-14T12:00:00Z");
    assertThat(hourly.get("paused")).isEqualTo(false);
    assertThat(hourly.get("owed")).asString().isEqualTo("[]");
    assertThat(hourly.keySet())
        .asString()
        .isEqualTo("[id, cron, zone, description, paused, pausedSince, nextFireTime,"
            + " settledUntil, owed, lastFates]");
  }

  @Test
  void aPausedOneDoesNotFireUntilItIsResumed() throws InterruptedException {
    assertThat(post("noon/pause").json())
        .containsEntry("pausedSince", "2025-08-14T11:59:30Z")
        .containsEntry("nextFireTime", null);
    assertThat(post("noon/pause").json()).containsEntry("paused", true);

    clock.advance(Duration.ofSeconds(30));
    assertThat(n8n.awaitArrivals(1, SOON)).isTrue();
    clock.advance(Duration.ofSeconds(10));
    Await.until(
        () -> "a fire that is skipped",
        SOON,
        () -> service.api().get("/api/schedules").body().contains("\"reason\":\"paused\""));

    assertThat(n8n.calls()).hasSize(1);
    assertThat(post("noon/resume").json())
        .containsEntry("paused", false)
        .containsEntry("nextFireTime", "2025-08-15T12:00:00Z");
  }

  @Test
  void whatIsNotThereIsSaidWithWhatIs() {
    assertThat(post("moon/pause").status()).isEqualTo(404);
    assertThat(post("moon/pause").body())
        .contains("there is no schedule \\\"moon\\\"; there are hourly, noon");
    assertThat(post("No%20Id/resume").status()).isEqualTo(404);
    assertThat(service.api().get("/api/schedules/noon/pause").status()).isEqualTo(405);
    assertThat(service.api().call("GET", "/api/schedules", "").status()).isEqualTo(401);
  }
}
