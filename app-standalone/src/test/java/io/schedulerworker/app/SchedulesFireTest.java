package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.testing.SimulatedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules of the settings, fired at their time. */
class SchedulesFireTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Instant START = Instant.parse("2025-08-14T11:59:30Z");

  /** Not a second more: what a clock goes on after a fire, calls that have only begun spend of their time-outs. */
  private static final Duration TO_FIRST_FIRE = Duration.ofSeconds(30);

  private static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");

  /** Longer than what a test waits for usually takes, and several hundred times shorter than it may. */
  private static final Duration A_MOMENT = Duration.ofMillis(250);

  private final SimulatedClock clock = new SimulatedClock(START);

  @TempDir
  Path directory;

  private Path settings(String text) throws IOException {
    return Files.writeString(directory.resolve("scheduler.toml"), text);
  }

  @Test
  void eachCallsItsKpisAtItsTime() throws Exception {
    Path config = settings("""
        [[schedules]]
        id = "noon"
        cron = "0 12 * * *"
        select = { id = "kpi-1" }
        [[schedules]]
        id = "in-berlin"
        cron = "30 14 * * *"
        zone = "Europe/Berlin"
        [[schedules]]
        id = "never"
        cron = "* * * * *"
        enabled = false
        """);
    try (WebhookServer n8n = new WebhookServer();
        TestService service = TestService.start(clock, config).register(Registry.of(3, n8n))) {
      clock.advance(Duration.between(clock.now(), NOON.minusSeconds(1)));
      assertThat(n8n.calls()).isEmpty();

      clock.advance(Duration.ofSeconds(1));
      awaitArrivals(n8n, 1);
      assertThat(n8n.calls().get(0).path()).isEqualTo("/webhook/kpi-1");
      assertThat(n8n.calls().get(0).header("Idempotency-Key")).startsWith("trace_20250814_120000_");

      clock.advance(Duration.ofMinutes(30));
      awaitArrivals(n8n, 3);
      assertThat(service.api().call("GET", "/api/health", "").json())
          .containsEntry("nextFireTime", "2025-08-15T12:00:00Z");
      assertThat(service.api().get("/api/jobs?schedule=in-berlin").body())
          .contains("\"fireTime\":\"2025-08-14T12:30:00Z\"");
    }
    // Those that were to bound the stop go when it is over, which close() does not wait for.
    Await.until(() -> clock.pendingTimers() + " timers", SOON, () -> clock.pendingTimers() < 3);
  }

  @Test
  void aFireThatMakesNoJobIsWarnedOfUntilTheNextOneDoes() throws Exception {
    Path config = settings("""
        [triggers]
        crons = ["*/5 * * * *"]
        """);
    try (WebhookServer n8n = new WebhookServer();
        TestService service = TestService.start(clock, config)) {
      clock.advance(TO_FIRST_FIRE);
      awaitHealth(service, "the last fire of cron-", true);

      service.register(Registry.of(1, n8n));
      clock.advance(Duration.ofMinutes(5));
      awaitArrivals(n8n, 1);
      awaitHealth(service, "the last fire of cron-", false);
    }
  }

  /**
   * Work on other threads that finds the clock moved sets its timers from there on: it goes on as the clock does, a second at
   * a time.
   */
  private void awaitArrivals(WebhookServer n8n, int count) throws InterruptedException {
    Instant end = Instant.now().plus(SOON);
    boolean arrived = n8n.awaitArrivals(count, A_MOMENT);
    while (!arrived && Instant.now().isBefore(end)) {
      clock.advance(Duration.ofSeconds(1));
      arrived = n8n.awaitArrivals(count, A_MOMENT);
    }
    assertThat(arrived).as("arrivals at %s", clock.now()).isTrue();
  }

  private void awaitHealth(TestService service, String text, boolean wanted) {
    Supplier<String> body = () -> service.api().call("GET", "/api/health", "").body();
    Await.until(body, SOON, () -> {
      clock.advance(Duration.ofMillis(10));
      return body.get().contains(text) == wanted;
    });
  }

  @Test
  void aRegistryFileIsReadAnewAtEachFire() throws Exception {
    Path file = directory.resolve("registry.json");
    try (WebhookServer n8n = new WebhookServer()) {
      Files.writeString(file, Registry.of(1, n8n));
      Path config = settings("registry_file = '" + file + "'\n[triggers]\ncrons = ['* * * * *']\n");
      try (TestService service = TestService.start(clock, config)) {
        clock.advance(TO_FIRST_FIRE);
        awaitArrivals(n8n, 1);
        Files.writeString(file, Registry.of(4, n8n));
        clock.advance(Duration.ofMinutes(1));
        awaitArrivals(n8n, 4);
        assertThat(service.service().url().getHost()).isEqualTo("127.0.0.1");
      }
    }
  }
}
