package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows that report their ends to a process. */
class CallbackIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int KPIS = 600;
  private static final String COMPLETED = "{\"status\":\"completed\"}";
  private static final String FAILED =
      "{\"status\":\"failed\",\"error\":{\"message\":\"no data\"}}";

  @TempDir
  Path directory;

  private final int port = FreePort.find();

  private AppProcess app() {
    return AppProcess.app()
        .in(directory)
        .env("PORT", String.valueOf(port))
        .env("SCHEDULER_API_KEY", ApiClient.KEY)
        .env("SCHEDULER_PUBLIC_URL", "http://127.0.0.1:" + port)
        .env("CALLBACK_SECRET", "a-secret-of-all-replicas");
  }

  private static List<String> callbackUrls(WebhookServer n8n) throws IOException {
    return n8n.calls().stream().map(CallbackIT::callbackUrl).toList();
  }

  private static String callbackUrl(WebhookServer.Call call) {
    try {
      return JSON.readTree(call.body()).get("callbackUrl").asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a workflow gets that knows nothing but the address. */
  private static int report(String callbackUrl, String body) {
    URI url = URI.create(callbackUrl);
    return new ApiClient(url.resolve("/"))
        .call(
            "POST", url.getRawPath() + "?" + url.getRawQuery(), body, "Authorization", "Bearer n8n")
        .status();
  }

  private static String awaitStatus(ApiClient api, String traceId, String status) {
    Supplier<String> job = () -> api.get("/api/jobs/" + traceId).body();
    Await.until(job, SOON, () -> job.get().contains("\",\"status\":\"" + status + "\""));
    return job.get();
  }

  @Test
  void whoKnowsTheAddressReportsTheEndAndNobodyElse() throws Exception {
    try (WebhookServer n8n = new WebhookServer();
        AppProcess.Running running = app().start("serve")) {
      ApiClient api = running.awaitReady();
      api.put("/api/registry", Registry.of(2, n8n));
      String traceId =
          String.valueOf(api.post("/api/trigger?wait=true", "").json().get("traceId"));
      List<String> urls = callbackUrls(n8n);

      assertThat(report(urls.get(0), COMPLETED)).isEqualTo(200);
      assertThat(report(urls.get(0), COMPLETED)).isEqualTo(200);
      assertThat(report(urls.get(0), FAILED)).isEqualTo(409);
      assertThat(report(urls.get(1), "{\"status\":\"done\"}")).isEqualTo(400);
      assertThat(report(urls.get(1), "")).isEqualTo(400);
      assertThat(report(urls.get(1).replace("drive=0", "drive=1"), COMPLETED)).isEqualTo(401);
      assertThat(report(urls.get(1).replaceFirst("/kpis/[^?]*", "/kpis/other"), COMPLETED))
          .isEqualTo(401);
      assertThat(report(urls.get(1).replaceFirst("\\?.*", ""), COMPLETED)).isEqualTo(401);
      for (String nothing : List.of("?signature=", "?signature", "?drive=0&signature=")) {
        assertThat(report(urls.get(1).replaceFirst("\\?.*", nothing), COMPLETED))
            .isEqualTo(401);
      }
      assertThat(report(urls.get(1), FAILED)).isEqualTo(200);

      String path = "/api/jobs/" + traceId + "/kpis/";
      assertThat(api.post(path + "nobody", COMPLETED).status()).isEqualTo(404);
      assertThat(api.post("/api/jobs/trace_20200101_000000_aaaaaaaa/kpis/a", COMPLETED)
              .status())
          .isEqualTo(404);
      assertThat(awaitStatus(api, traceId, "partial"))
          .contains("{\\\"message\\\":\\\"no data\\\"}");

      running.await(Pattern.compile("(every workflow has ended)"));
      running.signal("TERM");
      assertThat(running.end().assertExit(0).err()).doesNotContain("a-secret-of-all-replicas");
    }
  }

  @Test
  void withoutAKeyTheSignatureIsEnough() throws Exception {
    try (WebhookServer n8n = new WebhookServer();
        AppProcess.Running running = app().env("SCHEDULER_API_KEY", "").start("serve")) {
      running.awaitReady();
      String registry = Registry.file(directory, Registry.of(1, n8n));
      app().run("registry", "import", registry).assertExit(0);
      app().run("run").assertExit(0);
      String url = callbackUrls(n8n).get(0);

      assertThat(report(url.replaceFirst("\\?.*", ""), COMPLETED)).isEqualTo(403);
      assertThat(report(url.replaceFirst("\\?.*", "?signature="), COMPLETED)).isEqualTo(401);
      assertThat(report(url, COMPLETED)).isEqualTo(200);
    }
  }

  /** In the middle of what eight clients report at once. */
  @Test
  void noneThatWasAnsweredIsLostWhenTheProcessIsKilled() throws Exception {
    String traceId;
    Set<String> answered = ConcurrentHashMap.newKeySet();
    try (WebhookServer n8n = new WebhookServer();
        AppProcess.Running running = app().start("serve")) {
      ApiClient api = running.awaitReady();
      api.put("/api/registry", Registry.of(KPIS, n8n));
      traceId = String.valueOf(api.post("/api/trigger?wait=true", "").json().get("traceId"));
      List<String> urls = callbackUrls(n8n);
      ExecutorService clients = Executors.newFixedThreadPool(8);
      for (String url : urls) {
        clients.execute(() -> reportUntilKilled(url, answered));
      }
      Await.until(answered::toString, SOON, () -> answered.size() >= KPIS / 3);
      running.signal("KILL");
      running.end();
      clients.shutdown();
      assertThat(clients.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(answered).hasSizeLessThan(KPIS);
    try (AppProcess.Running running = app().start("serve")) {
      ApiClient api = running.awaitReady();
      Map<String, Object> kpis = Json.object(api.get("/api/jobs/" + traceId).json(), "kpis");
      assertThat(answered)
          .allSatisfy(id -> assertThat(Json.object(kpis, id)).containsEntry("status", "completed"));
    }
  }

  private static void reportUntilKilled(String url, Set<String> answered) {
    try {
      if (report(url, COMPLETED) == 200) {
        answered.add(kpiId(url));
      }
    } catch (UncheckedIOException e) {
      // Killed: what was not answered may be lost.
    }
  }

  private static String kpiId(String callbackUrl) {
    String path = URI.create(callbackUrl).getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Test
  void anAddressNeedsASecret() {
    AppProcess.Result result = app().env("CALLBACK_SECRET", "").run("serve").assertExit(2);
    assertThat(result.err()).contains("public_url needs callback_secret (CALLBACK_SECRET)");
    assertThat(app().env("CALLBACK_SECRET", "short").run("serve").assertExit(2).err())
        .contains("fewer than 16 characters");
  }
}
