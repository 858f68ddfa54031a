package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.WebhookServer.Answer;
import io.schedulerworker.app.WebhookServer.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} through the jar: the main job. */
class RunIT {
  private static final String KEY = "s3cret-of-n8n";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration A_MOMENT = Duration.ofMillis(300);

  @TempDir
  Path directory;

  private WebhookServer server;

  @BeforeEach
  void start() throws IOException {
    server = new WebhookServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void callsEveryKpiWithBodyAndHeadersAndSumsUp() throws IOException {
    AppProcess.Result result = AppProcess.quick()
        .env("N8N_API_KEY", KEY)
        .env("ENVIRONMENT", "staging")
        .run("run", "--registry", registry(3))
        .assertExit(0);

    assertThat(server.calls())
        .extracting(Call::path)
        .containsExactlyInAnyOrder("/webhook/kpi-0", "/webhook/kpi-1", "/webhook/kpi-2");
    Call call = server.calls("/webhook/kpi-1").get(0);
    Map<String, Object> body = Json.object(call.body());
    assertThat(body.keySet())
        .containsExactly("traceId", "kpiId", "timestamp", "kpiType", "metadata");
    assertThat(body).containsEntry("kpiId", "kpi-1").containsEntry("kpiType", "price");
    assertThat(body.get("traceId")).asString().matches("trace_\\d{8}_\\d{6}_[a-z0-9]{8}");
    assertThat(body.get("timestamp"))
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(Json.object(body, "metadata"))
        .containsExactly(
            Map.entry("schedulerWorker", "scheduler-worker"),
            Map.entry("environment", "staging"),
            Map.entry("kpiName", "Name of kpi-1"),
            Map.entry("kpiDescription", "About kpi-1"));
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.header("Content-Type")).isEqualTo("application/json");
    assertThat(call.header("User-Agent")).isEqualTo("scheduler-worker/" + AppProcess.VERSION);
    assertThat(call.header("Idempotency-Key")).isEqualTo(body.get("traceId") + ":kpi-1");
    assertThat(call.header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
    assertThat(call.header("Authorization")).isEqualTo("Bearer " + KEY);
    assertThat(result.outLines())
        .containsExactly(body.get("traceId") + " in_progress: 3 of 3 KPIs triggered");
    assertNoSecret(result);
  }

  @Test
  void eachHostGetsItsOwnKeyAndEveryCallIsSigned() throws IOException {
    Path settings = Files.writeString(directory.resolve("keys.toml"), """
        [n8n]
        api_key = "general"
        key_hosts = ["127.0.0.1"]
        signing_secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]

        [[n8n.keys]]
        hosts = ["localhost"]
        header = "X-API-Key"
        scheme = "none"
        key = "own"
        """);
    String byName = server.url("/webhook/name").replace("127.0.0.1", "localhost");
    String file = Registry.file(
        directory,
        Registry.of(
            Registry.kpi("address", server.url("/webhook/address")), Registry.kpi("name", byName)));

    AppProcess.quick()
        .run("run", "--registry", file, "--config", settings.toString())
        .assertExit(0);

    Call address = server.calls("/webhook/address").get(0);
    Call name = server.calls("/webhook/name").get(0);
    assertThat(address.header("Authorization")).isEqualTo("Bearer general");
    assertThat(address.header("webhook-id")).isEqualTo(address.header("Idempotency-Key"));
    assertThat(address.header("webhook-signature")).startsWith("v1,");
    assertThat(name.header("X-API-Key")).isEqualTo("own");
    assertThat(name.headers()).doesNotContainKey("Authorization");
  }

  @Test
  void printsTheRecordAlone() throws IOException {
    AppProcess.Result result = AppProcess.quick()
        .env("ENVIRONMENT", "staging")
        .run("run", "--json", "--registry", registry(2))
        .assertExit(0);

    assertThat(result.outLines()).hasSize(1);
    Map<String, Object> job = Json.object(result.out());
    assertThat(job.keySet())
        .containsExactly("traceId", "status", "createdAt", "updatedAt", "kpis", "metadata");
    assertThat(job).containsEntry("status", "in_progress");
    Map<String, Object> run = Json.object(Json.object(job, "kpis"), "kpi-0");
    assertThat(run.keySet()).startsWith("kpiId", "status", "completedAt", "error", "retryCount");
    assertThat(run)
        .containsEntry("status", "triggered")
        .containsEntry("completedAt", null)
        .containsEntry("error", null)
        .containsEntry("httpStatus", 200);
    assertThat(Json.object(job, "metadata"))
        .containsEntry("totalKPIs", 2)
        .containsEntry("environment", "staging")
        .containsEntry("schedule", Map.of("id", "manual"))
        .containsEntry("format", 1);
    assertThat(server.calls()).noneMatch(call -> call.headers().containsKey("Authorization"));
  }

  @Test
  void whatMayNotBeReachedIsSaidBeforehandAndNotCalled() throws IOException {
    String file = Registry.file(
        directory,
        Registry.of(
            Registry.kpi("denied", server.url("/webhook/a")),
            Registry.kpi("metadata", "http://169.254.169.254/latest"),
            Registry.kpi("named", server.url("/webhook/b").replace("127.0.0.1", "localhost"))));
    String[] rules = {"--n8n.allow-hosts", "localhost", "--n8n.deny-hosts", "*.example.com"};

    AppProcess.Result validated =
        AppProcess.quick().run(with(rules, "validate", file)).assertExit(0);
    assertThat(validated.out())
        .contains("(id \"denied\"): webhookUrl names 127.0.0.1, which is not called")
        .contains("(id \"metadata\")")
        .doesNotContain("(id \"named\")");

    AppProcess.Result ran =
        AppProcess.quick().run(with(rules, "run", "--json", "--registry", file)).assertExit(1);
    assertThat(server.calls()).extracting(Call::path).containsExactly("/webhook/b");
    Map<String, Object> kpis = Json.object(Json.object(ran.out()), "kpis");
    assertThat(Json.object(kpis, "denied"))
        .containsEntry("status", "failed")
        .containsEntry("retryCount", 0);
    assertThat(Json.object(kpis, "denied").get("error")).asString().contains("n8n.allow_hosts");
    assertThat(Json.object(kpis, "metadata")).containsEntry("status", "failed");
    assertThat(Json.object(kpis, "named")).containsEntry("status", "triggered");
  }

  /** The JVM keeps the addresses of each spelling by themselves, and so does this hosts file. */
  @Test
  void aNameIsLookedUpForTheCheckAsItIsForTheCall() throws IOException {
    Path hosts = Files.writeString(
        directory.resolve("hosts"), "127.0.0.2 n8n.example\n127.0.0.1 N8N.example\n");
    String file = Registry.file(
        directory,
        Registry.of(
            Registry.kpi("spelt", server.url("/webhook/a").replace("127.0.0.1", "N8N.example"))));

    AppProcess.withOptions("-Djdk.net.hosts.file=" + hosts)
        .run("run", "--json", "--registry", file, "--n8n.deny-hosts", "127.0.0.1")
        .assertExit(1);
    assertThat(server.calls()).isEmpty();
    AppProcess.withOptions("-Djdk.net.hosts.file=" + hosts)
        .run("run", "--json", "--registry", file, "--n8n.deny-hosts", "127.0.0.2")
        .assertExit(0);
    assertThat(server.calls()).hasSize(1);
  }

  private static String[] with(String[] further, String... command) {
    return Stream.concat(Stream.of(command), Stream.of(further)).toArray(String[]::new);
  }

  @Test
  void textThatIsNotAsciiIsUtf8WhateverTheLocale() throws IOException {
    String file = Registry.file(
        directory, Registry.of(Registry.kpi("größe-日本", server.url("/webhook/größe"))));

    AppProcess.Result result = AppProcess.quick()
        .env("LC_ALL", "C")
        .run("run", "--json", "--registry", file)
        .assertExit(0);

    assertThat(Json.object(Json.object(result.out()), "kpis")).containsOnlyKeys("größe-日本");
    assertThat(Json.object(server.calls().get(0).body())).containsEntry("kpiId", "größe-日本");
  }

  @Test
  void aKpiThatFailsLeavesTheOthersAloneAndKeepsTheKeySecret() throws IOException {
    server
        .answer("/webhook/kpi-0", new Answer(401, "{\"message\":\"bad key Bearer " + KEY + "\"}"))
        .answer("/webhook/kpi-1", new Answer(404, "{\"message\":\"no such page\"}"))
        .answer("/webhook/kpi-2", new Answer(503, "{}"), new Answer(200, "{}"));

    AppProcess.Result result = AppProcess.quick()
        .env("N8N_API_KEY", KEY)
        .run("run", "--json", "--registry", registry(4))
        .assertExit(1);

    Map<String, Object> kpis = Json.object(Json.object(result.out()), "kpis");
    assertThat(Json.object(kpis, "kpi-0"))
        .containsEntry("status", "failed")
        .containsEntry("httpStatus", 401)
        .containsEntry("settledBy", "dispatch");
    assertThat(Json.object(kpis, "kpi-0").get("error")).asString().contains("N8N_API_KEY");
    assertThat(Json.object(kpis, "kpi-1"))
        .containsEntry("status", "failed")
        .containsEntry("retryCount", 0);
    assertThat(Json.object(kpis, "kpi-2"))
        .containsEntry("status", "triggered")
        .containsEntry("retryCount", 1);
    assertThat(Json.object(kpis, "kpi-3"))
        .containsEntry("status", "triggered")
        .containsEntry("retryCount", 0);
    assertThat(server.calls("/webhook/kpi-0")).hasSize(1);
    assertThat(server.calls("/webhook/kpi-1")).hasSize(1);
    assertThat(server.calls("/webhook/kpi-2"))
        .extracting(call -> call.header("Idempotency-Key"))
        .hasSize(2)
        .containsOnly(Json.object(result.out()).get("traceId") + ":kpi-2");
    assertNoSecret(result);
    assertLogs(result);
  }

  private static void assertLogs(AppProcess.Result result) {
    assertThat(result.errLines())
        .hasSizeGreaterThan(2)
        .allSatisfy(line -> assertThat(Json.object(line).keySet())
            .startsWith("time", "level", "logger", "message"));
    List<Map<String, Object>> warnings = result.errLines().stream()
        .map(Json::object)
        .filter(line -> "WARN".equals(line.get("level")))
        .toList();
    assertThat(warnings).extracting(line -> line.get("kpiId")).contains("kpi-0", "kpi-1");
    assertThat(warnings)
        .allSatisfy(line -> assertThat(line).containsKeys("traceId", "durationMs", "outcome"));
  }

  @Test
  void theSummaryNamesWhatFailed() throws IOException {
    server.answer("/webhook/kpi-0", new Answer(404, "{\"message\":\"no such page\"}"));

    AppProcess.Result result =
        AppProcess.quick().run("run", "--registry", registry(2)).assertExit(1);

    assertThat(result.out())
        .contains("1 of 2 KPIs triggered", "failed kpi-0", "404", "no such page");
  }

  @Test
  void callsTheKpisThatAreAskedForAlone() throws IOException {
    AppProcess.quick()
        .run("run", "--registry", registry(4), "--kpi", "kpi-1", "--kpi", "kpi-3")
        .assertExit(0);

    assertThat(server.calls())
        .extracting(Call::path)
        .containsExactlyInAnyOrder("/webhook/kpi-1", "/webhook/kpi-3");
  }

  @Test
  void kpisThatNobodyKnowsAreNamed() throws IOException {
    AppProcess.quick()
        .run("run", "--registry", registry(2), "--kpi=kpi-1", "--kpi=nope", "--kpi=neither")
        .assertMistake("nope", "neither");

    assertThat(server.calls()).isEmpty();
  }

  @Test
  void invalidKpisBesideGoodOnesAreWarnings() throws IOException {
    String file = Registry.file(
        directory,
        Registry.of(
            Registry.kpi("good", server.url("/webhook/good")),
            Registry.kpi("relative", "/webhook/relative"),
            Registry.kpi("ftp", "ftp://127.0.0.1/x"),
            Registry.kpi("good", server.url("/webhook/twice")),
            "{\"id\":\"bare\",\"active\":true}",
            "42"));

    AppProcess.Result result = AppProcess.quick().run("run", "--registry", file).assertExit(0);

    assertThat(server.calls()).extracting(Call::path).containsExactly("/webhook/good");
    List<String> warnings = result.errLines().stream()
        .map(Json::object)
        .filter(line -> "WARN".equals(line.get("level")))
        .map(line -> String.valueOf(line.get("message")))
        .toList();
    assertThat(String.join("\n", warnings))
        .contains("relative", "ftp", "repeats", "bare", "webhookUrl", "kpis[5]");
  }

  @Test
  void anUnknownServerIsTriedWithTwoCalls() throws Exception {
    server.hold();
    try (AppProcess.Running running = AppProcess.quick().start("run", "--registry", registry(40))) {
      assertThat(server.awaitArrivals(2, SOON)).isTrue();
      assertThat(server.awaitArrivals(1, A_MOMENT)).as("a third call").isFalse();
      server.release(40);

      running.end().assertExit(0);
    }
    assertThat(server.calls()).hasSize(40);
  }

  @Test
  void aFixedNumberOfCallsIsInFlight() throws Exception {
    server.hold();
    try (AppProcess.Running running = AppProcess.quick()
        .start("run", "--registry", registry(40), "--dispatch.max-in-flight-per-host", "16")) {
      assertThat(server.awaitArrivals(16, SOON)).isTrue();
      assertThat(server.awaitArrivals(1, A_MOMENT)).as("a 17th call").isFalse();
      server.release(40);

      running.end().assertExit(0);
    }
    assertThat(server.mostInFlight()).isEqualTo(16);
    assertThat(server.calls()).hasSize(40);
  }

  @Test
  void tenThousandKpisFitIntoASmallHeap() throws IOException {
    AppProcess.Result result = AppProcess.withOptions("-Xmx256m")
        .run("run", "--registry", registry(10_000))
        .assertExit(0);

    System.out.printf("10 000 KPIs took %d ms%n", result.took().toMillis());
    assertThat(result.out()).contains("10000 of 10000 KPIs triggered");
    assertThat(server.calls().stream().map(Call::path).distinct()).hasSize(10_000);
    assertThat(server.calls()).hasSize(10_000);
  }

  private String registry(int count) throws IOException {
    return Registry.file(directory, Registry.of(count, server));
  }

  private static void assertNoSecret(AppProcess.Result result) {
    assertThat(result.out() + result.err()).doesNotContain(KEY);
  }
}
