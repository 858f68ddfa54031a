package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.WebhookServer.Answer;
import io.schedulerworker.testing.SimulatedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A service in which everything happens that metrics with labels tell of, on simulated time. */
final class BusyService {
  private static final Instant START = Instant.parse("2025-08-14T11:59:30Z");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String CONFIG_KV = "faulty:busy-config";
  private static final String JOBS_KV = "faulty:busy-jobs";
  private static final String SETTINGS = """
      [[schedules]]
      id = "minutely"
      cron = "* * * * *"
      after_pause = "once"
      """;

  private final SimulatedClock clock = new SimulatedClock(START);
  private final TestService service;

  private BusyService(Path directory) throws IOException {
    Path config = Files.writeString(directory.resolve("busy.toml"), SETTINGS);
    service = TestService.startAtOnce(
        clock,
        config,
        "CONFIG_KV",
        CONFIG_KV,
        "JOBS_KV",
        JOBS_KV,
        "SCHEDULER_COMPLETION",
        "trigger",
        "SCHEDULER_DISPATCH_MAX_IN_FLIGHT_PER_HOST",
        "1");
  }

  /** What it says of itself when all of that has happened. */
  static Scrape scrape(Path directory) throws IOException {
    try (WebhookServer n8n = new WebhookServer();
        WebhookServer full = new WebhookServer()) {
      n8n.answer("/flaky", everyOtherCallFails());
      full.answer("/full", new Answer(429, "").with("Retry-After", "3600"));
      BusyService busy = new BusyService(directory);
      try (busy.service) {
        busy.failFires();
        busy.runJobs(registry(n8n, full), host(n8n), host(full));
        busy.pause();
        busy.loseTheRegistry();
        System.gc();
        return busy.await("jvm_gc_pause_seconds_count{");
      }
    }
  }

  private static String registry(WebhookServer n8n, WebhookServer full) {
    return Registry.of(List.of(
        Registry.kpi("good", n8n.url("/good")),
        Registry.kpi("flaky", n8n.url("/flaky")),
        Registry.kpi("full-1", full.url("/full")),
        Registry.kpi("full-2", full.url("/full"))));
  }

  private static Answer[] everyOtherCallFails() {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> new Answer(i % 2 == 0 ? 503 : 200, ""))
        .toArray(Answer[]::new);
  }

  private static String host(WebhookServer server) {
    return server.url("").substring("http://".length());
  }

  private void failFires() {
    FaultyStores.at(CONFIG_KV).goAway();
    await("fire_failures_total{schedule=\"minutely\"} [1-9]");
    FaultyStores.at(CONFIG_KV).comeBack();
    await("fate=\"registry\",schedule=\"minutely\"} [1-9]");
  }

  private void runJobs(String registry, String flaky, String full) {
    service.register(registry);
    await("call_retries_total{host=\"" + flaky + "\"} [1-9]");
    await("calls_given_up_total{host=\"" + full + "\"} [1-9]");
    await("host_closings_total{host=\"" + full + "\"} [1-9]");
    await("jobs_ended_total{schedule=\"minutely\",status=\"partial\"} [1-9]");
  }

  private void pause() {
    assertThat(service.api().post("/api/schedules/minutely/pause", "").status()).isEqualTo(200);
    await("schedule_paused{schedule=\"minutely\"} 1.0");
    clock.advance(Duration.ofMinutes(2));
    assertThat(service.api().post("/api/schedules/minutely/resume", "").status())
        .isEqualTo(200);
    await("fires_put_off_total{cause=\"paused\",schedule=\"minutely\"} [1-9]");
  }

  private void loseTheRegistry() {
    FaultyStores.at(CONFIG_KV).goAway();
    await("registry_stand_ins_total [1-9]");
    FaultyStores.at(CONFIG_KV).comeBack();
  }

  /** Lets time pass until a line has something, which is literal up to a value at its end. */
  private Scrape await(String wanted) {
    int value = wanted.lastIndexOf(' ') < 0 ? wanted.length() : wanted.lastIndexOf(' ');
    String series = wanted.substring(0, value);
    Predicate<String> found = line -> line.contains(series)
        && (value == wanted.length()
            || line.substring(line.lastIndexOf(' ')).matches(wanted.substring(value) + ".*"));
    Await.until(() -> wanted, SOON, () -> {
      clock.advance(Duration.ofSeconds(1));
      return service.api().get("/metrics").body().lines().anyMatch(found);
    });
    return Scrape.of(service);
  }
}
