package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.CallbackSigner;
import io.schedulerworker.app.http.Logs;
import io.schedulerworker.system.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys with names, in a service: what they may, what is written down of them, how they change. */
class KeysApiTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String DEPLOY = "of-deploy-0123456789";
  private static final String GRAFANA = "of-grafana-0123456789";
  private static final String UNKNOWN = "/api/jobs/trace_20250814_120000_aaaaaaaa";

  @TempDir
  Path folder;

  private Path settings() throws IOException {
    Path key = Files.writeString(folder.resolve("deploy.key"), DEPLOY + "\n");
    return Files.writeString(folder.resolve("s.toml"), """
        triggers.crons = []
        cors_origins = ["https://ops.example.com"]
        public_url = "http://scheduler.example.com"
        callback_secret = "0123456789abcdef"

        [[api_keys]]
        name = "deploy"
        key_file = '%s'

        [[api_keys]]
        name = "grafana"
        key = "%s"
        read_only = true
        """.formatted(key, GRAFANA));
  }

  private static ApiClient.Reply call(TestService service, String method, String path, String key) {
    return service.api().call(method, path, "", "Authorization", "Bearer " + key);
  }

  @Test
  void recordsNameTheKeyAndAReadOnlyOneReads() throws IOException {
    try (WebhookServer n8n =
            new WebhookServer().answer("/webhook/kpi-0", new WebhookServer.Answer(403, "{}"));
        TestService service =
            TestService.start(new SystemClock(), settings()).register(Registry.of(1, n8n))) {
      Object id = call(service, "POST", "/api/trigger?wait=true", DEPLOY).json().get("traceId");
      String retry = "/api/jobs/" + id + "/retry?wait=true";

      ApiClient.Reply refused = call(service, "POST", retry, GRAFANA);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.detail()).contains("the key grafana is read-only");
      assertThat(call(service, "PUT", "/api/registry", GRAFANA).status()).isEqualTo(403);
      assertThat(call(service, "GET", "/metrics", GRAFANA).status()).isEqualTo(200);
      assertThat(call(service, "GET", "/api/jobs/" + id, GRAFANA).status()).isEqualTo(200);

      ApiClient.Reply again = call(service, "POST", retry, DEPLOY);
      List<?> audit = (List<?>) Json.object(again.json(), "metadata").get("audit");
      assertThat(((Map<?, ?>) audit.get(0)).get("by")).isEqualTo("deploy");
    }
  }

  @Test
  void keysInFilesChangeWithoutARestart() throws IOException {
    Path general = Files.writeString(folder.resolve("general.key"), "general-0123456789\n");
    try (TestService service = TestService.start(
        new SystemClock(),
        settings(),
        "SCHEDULER_API_KEY",
        "",
        "SCHEDULER_API_KEY_FILE",
        general.toString())) {
      assertThat(call(service, "GET", "/api/jobs", DEPLOY).status()).isEqualTo(200);
      assertThat(call(service, "GET", "/api/jobs", "general-0123456789").status())
          .isEqualTo(200);
      replace(folder.resolve("deploy.key"), "next-deploy-0123456789");
      replace(general, "next-general-0123456789");

      awaitRefused(service, DEPLOY);
      awaitRefused(service, "general-0123456789");
      assertThat(call(service, "GET", "/api/jobs", "next-deploy-0123456789").status())
          .isEqualTo(200);
      assertThat(call(service, "GET", "/api/jobs", "next-general-0123456789").status())
          .isEqualTo(200);
      assertThat(call(service, "GET", "/api/jobs", GRAFANA).status()).isEqualTo(200);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next"), text);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Asks with the key that goes: one that is not known yet would be a failed attempt each time. */
  private static void awaitRefused(TestService service, String key) {
    Await.until(
        () -> "the key is still known",
        SOON,
        () -> call(service, "GET", "/api/jobs", key).status() == 401);
  }

  @Test
  void aKeyFileThatCannotBeUsedLeavesTheLastGoodKey() throws IOException {
    try (Logs logs = new Logs();
        TestService service = TestService.start(new SystemClock(), settings())) {
      replace(folder.resolve("deploy.key"), " ");
      Await.until(
          () -> logs.lines().toString(),
          SOON,
          () ->
              logs.lines().stream().anyMatch(line -> line.contains("api_keys[0] stays as it was")));
      assertThat(call(service, "GET", "/api/jobs", DEPLOY).status()).isEqualTo(200);
      Files.delete(folder.resolve("deploy.key"));
      assertThat(call(service, "GET", "/api/jobs", DEPLOY).status()).isEqualTo(200);
    }
  }

  @Test
  void aForgedCallbackIsAFailedAttempt() throws IOException {
    try (TestService service =
        TestService.start(new SystemClock(), settings(), "SCHEDULER_REQUEST_LOG", "none")) {
      String forged = UNKNOWN + "/kpis/a?" + CallbackSigner.DRIVE + "=0&" + CallbackSigner.SIGNATURE
          + "=forged";
      for (int i = 0; i < 20; i++) {
        assertThat(service.api().call("POST", forged, "").status()).isEqualTo(401);
      }
      ApiClient.Reply next = service.api().call("POST", forged, "");
      assertThat(next.status()).isEqualTo(429);
      assertThat(next.headers()).containsKey("Retry-After");
      assertThat(call(service, "GET", "/api/jobs", DEPLOY).status()).isEqualTo(200);
    }
  }

  @Test
  void namedKeysAreKeysEnough() throws IOException {
    try (TestService service =
        TestService.start(new SystemClock(), settings(), "SCHEDULER_API_KEY", "")) {
      assertThat(service.api().call("GET", "/api/jobs", "").status()).isEqualTo(401);
      assertThat(call(service, "GET", "/api/jobs", DEPLOY).status()).isEqualTo(200);
    }
  }

  @Test
  void pagesOfNamedOriginsMayCall() throws IOException {
    try (TestService service = TestService.start(new SystemClock(), settings())) {
      ApiClient.Reply reply = service
          .api()
          .call(
              "OPTIONS",
              "/api/registry",
              "",
              "Access-Control-Request-Method",
              "PUT",
              "Origin",
              "https://ops.example.com");
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.headers()).containsEntry("Access-Control-Allow-Methods", "GET, HEAD, PUT");
    }
  }
}
