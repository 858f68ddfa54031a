package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.kv.redis.RedisServer;
import io.schedulerworker.testing.SimulatedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schedule that nobody fires is told of by a process that is not the one to fire it. */
class SilenceIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Instant START = Instant.parse("2025-08-14T11:59:30Z");

  private final SimulatedClock clock = new SimulatedClock(START);

  @TempDir
  Path directory;

  private Path settings(String name, String cron) throws IOException {
    return Files.writeString(
        directory.resolve(name), "[[schedules]]\nid = \"daily\"\ncron = \"" + cron + "\"\n");
  }

  @Test
  void aScheduleThatNobodyFiresIsSilentInHealthAndMetrics() throws Exception {
    try (RedisServer redis = RedisServer.start(directory);
        WebhookServer hook = new WebhookServer();
        TestService old = service(redis, hook, settings("old.toml", "0 * * * *"))) {
      try (TestService later = service(redis, hook, settings("new.toml", "30 * * * *"))) {
        Await.until(() -> "not in force", SOON, () -> {
          clock.advance(Duration.ofMillis(100));
          return later.api().get("/api/schedules").body().contains("30 * * * *");
        });
      }
      until(old, Duration.ofSeconds(30), "is not fired by this process");
      assertThat(health(old)).doesNotContain("is silent");

      clock.advance(Duration.ofMinutes(30));
      until(
          old,
          Duration.ofMinutes(1),
          "schedule daily is silent: the fire at"
              + " 2025-08-14T12:30:00Z is due, and no process has decided about it");
      assertThat(health(old)).contains("\"status\":\"degraded\"");
      awaitAlert(hook, "\"schedule_silent\"", "\"firing\"", "the fire at 2025-08-14T12:30:00Z");
      assertThat(metric(old, "scheduler_worker_watch_overdue_seconds")).isGreaterThan(300);
      assertThat(metric(old, "scheduler_worker_watch_fires_expected")).isEqualTo(1);
      assertThat(metric(old, "scheduler_worker_watch_fires_settled")).isZero();

      try (TestService again = service(redis, hook, directory.resolve("new.toml"))) {
        until(old, Duration.ofMinutes(1), Duration.ofMinutes(20), false, "is silent");
        awaitAlert(hook, "\"schedule_silent\"", "\"resolved\"");
        assertThat(again.api().get("/api/health").status()).isEqualTo(200);
        assertThat(metric(old, "scheduler_worker_watch_overdue_seconds")).isZero();
      }
    }
  }

  private TestService service(RedisServer redis, WebhookServer hook, Path config) {
    String uri = redis.uri("?prefix=jobs:");
    return TestService.start(
        clock,
        config,
        "JOBS_KV",
        uri,
        "CONFIG_KV",
        uri,
        "SCHEDULER_ALERTS_URL",
        hook.url("/alerts"),
        "SCHEDULER_ALERTS_ON",
        "schedule_silent");
  }

  private static void awaitAlert(WebhookServer hook, String... parts) {
    Await.until(
        () -> String.valueOf(hook.calls()),
        SOON,
        () -> hook.calls().stream()
            .anyMatch(call -> Stream.of(parts).allMatch(call.body()::contains)));
  }

  private void until(TestService service, Duration step, String text) {
    until(service, step, Duration.ofMinutes(20), true, text);
  }

  /** Lets time pass in steps until health says something, or does not say it any more. */
  private void until(TestService service, Duration step, Duration most, boolean said, String text) {
    Instant last = clock.now().plus(most);
    Await.until(() -> health(service), SOON, () -> {
      boolean done = health(service).contains(text) == said;
      if (!done && clock.now().isBefore(last)) {
        clock.advance(step);
      }
      return done;
    });
  }

  private static String health(TestService service) {
    return service.api().get("/api/health").body();
  }

  private static double metric(TestService service, String name) {
    return Scrape.of(service.api().get("/metrics").body()).value(name + "{schedule=\"daily\"}");
  }
}
