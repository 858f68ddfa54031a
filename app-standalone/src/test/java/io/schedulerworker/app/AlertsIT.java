package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.WebhookServer.Answer;
import io.schedulerworker.kv.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one store, to both of which the same happens. */
class AlertsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String HOOK = "/hook";
  private static final String BAD_ALONE = "{\"kpiIds\":[\"bad\"]}";

  @TempDir
  Path directory;

  private RedisServer redis;
  private WebhookServer n8n;
  private WebhookServer hook;
  private String registry;

  @BeforeEach
  void start() throws Exception {
    redis = RedisServer.start(directory);
    hook = new WebhookServer();
    n8n = new WebhookServer().answer("/bad", new Answer(403, "no"));
    registry = Registry.file(
        directory,
        Registry.of(Registry.kpi("bad", n8n.url("/bad")), Registry.kpi("good", n8n.url("/good"))));
  }

  @AfterEach
  void stop() throws IOException {
    n8n.close();
    hook.close();
    redis.close();
  }

  private AppProcess.Running serve(String prefix) {
    String uri = redis.uri("?prefix=" + prefix + ":");
    return AppProcess.quick()
        .env("JOBS_KV", uri)
        .env("CONFIG_KV", uri)
        .env("PORT", "0")
        .env("SCHEDULER_API_KEY", ApiClient.KEY)
        .env("SCHEDULER_COMPLETION", "trigger")
        .env("SCHEDULER_ALERTS_URL", hook.url(HOOK))
        .start("serve", "--registry", registry);
  }

  private static void run(ApiClient api, String body, String status) {
    ApiClient.Reply reply =
        api.post("/api/trigger?wait=true", body, "Content-Type", "application/json");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().get("status")).isEqualTo(status);
  }

  private long alerts(String kind) {
    return hook.calls(HOOK).stream()
        .filter(call -> kind.equals(Json.object(call.body()).get("alert")))
        .count();
  }

  private void await(String kind, int count) {
    Await.until(() -> kind + " among " + hook.calls(), SOON, () -> alerts(kind) == count);
  }

  @Test
  void oneOfThemTells() {
    try (AppProcess.Running one = serve("shared");
        AppProcess.Running other = serve("shared");
        AppProcess.Running stranger = serve("own")) {
      ApiClient first = one.awaitReady();
      ApiClient second = other.awaitReady();
      run(first, BAD_ALONE, "failed");
      await("job_failed", 1);

      run(second, BAD_ALONE, "failed");
      // Alerts of a process go out in their order: with this one there, the other has been decided
      // about.
      run(second, "", "partial");
      await("job_partial", 1);
      assertThat(alerts("job_failed")).isEqualTo(1);

      // On a store of its own, it would have told.
      run(stranger.awaitReady(), BAD_ALONE, "failed");
      await("job_failed", 2);
    }
  }
}
