package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real n8n, whose address N8N_BASE_URL is, with the workflows that docs/quality.md describes. Without the
 * variable, as in a usual build, all of it is skipped.
 */
@EnabledIfEnvironmentVariable(named = "N8N_BASE_URL", matches = "https?://.+")
class RealN8nIT {
  private static final String KEY = "test-n8n-key";
  private static final int PORT = FreePort.find();

  @TempDir
  Path folder;

  private static String kpi(String id, String webhook) {
    return Registry.kpi(id, System.getenv("N8N_BASE_URL") + webhook);
  }

  private static String kpi(String name) {
    return kpi(name, "/webhook/kpi-" + name);
  }

  /** What became of each KPI. */
  private Map<String, Object> run(int exitCode, List<String> options, String... kpis)
      throws IOException {
    List<String> command = new ArrayList<>(
        List.of("run", "--json", "--registry", Registry.file(folder, Registry.of(kpis))));
    command.addAll(options);
    AppProcess.Result result = AppProcess.quick()
        .env("N8N_API_KEY", KEY)
        .run(command.toArray(String[]::new))
        .assertExit(exitCode);
    return Json.object(Json.object(result.out()), "kpis");
  }

  private static Map<String, Object> of(Map<String, Object> kpis, String id) {
    return Json.object(kpis, id);
  }

  @Test
  void everyWebhookThatStartsAWorkflowIsTriggered() throws IOException {
    Map<String, Object> kpis =
        run(0, List.of(), kpi("now"), kpi("done"), kpi("secured"), kpi("slow"), kpi("callback"));
    assertThat(kpis.keySet())
        .allSatisfy(id -> assertThat(of(kpis, id))
            .containsEntry("status", "triggered")
            .containsEntry("httpStatus", 200)
            .containsEntry("retryCount", 0));
    assertThat((Integer) of(kpis, "slow").get("responseTime")).isBetween(3_000, 20_000);
    assertThat((Integer) of(kpis, "now").get("responseTime")).isLessThan(3_000);
  }

  @Test
  void completionByTriggerTellsWhetherTheWorkflowEndedWell() throws IOException {
    Map<String, Object> kpis =
        run(1, List.of("--completion", "trigger"), kpi("done"), kpi("slow"), kpi("broken"));
    assertThat(of(kpis, "done")).containsEntry("status", "completed");
    assertThat(of(kpis, "slow")).containsEntry("status", "completed");
    assertThat(of(kpis, "broken"))
        .containsEntry("status", "failed")
        .containsEntry("httpStatus", 500)
        .containsEntry("retryCount", 0);
    assertThat(of(kpis, "broken").get("error"))
        .asString()
        .startsWith("the workflow failed: ")
        .contains("Error in workflow");
  }

  @Test
  void aWrongKeyIsSaidToBeOne() throws IOException {
    AppProcess.Result result = AppProcess.quick()
        .env("N8N_API_KEY", "key-of-another-n8n")
        .run("run", "--json", "--registry", Registry.file(folder, Registry.of(kpi("secured"))))
        .assertExit(1);
    Map<String, Object> secured = of(Json.object(Json.object(result.out()), "kpis"), "secured");
    assertThat(secured).containsEntry("status", "failed").containsEntry("httpStatus", 403);
    assertThat(secured.get("error"))
        .asString()
        .contains("N8N_API_KEY", "Authorization data is wrong!");
  }

  @Test
  void aWebhookThatNoActiveWorkflowHasIsTriedForAWhile() throws IOException {
    Map<String, Object> kpis =
        run(1, List.of("--dispatch.not-registered-for", "4s"), kpi("missing"), kpi("now"));
    assertThat(of(kpis, "now")).containsEntry("status", "triggered");
    assertThat(of(kpis, "missing"))
        .containsEntry("status", "failed")
        .containsEntry("httpStatus", 404);
    assertThat((Integer) of(kpis, "missing").get("retryCount")).isBetween(1, 3);
    assertThat(of(kpis, "missing").get("error"))
        .asString()
        .contains("is not registered", "(waited ");
  }

  @Test
  void aTestUrlIsNotRegisteredWhileNobodyListens() throws IOException {
    Map<String, Object> kpis = run(
        1, List.of("--dispatch.not-registered-for", "1s"), kpi("test", "/webhook-test/kpi-now"));
    assertThat(of(kpis, "test")).containsEntry("status", "failed");
  }

  @Test
  void hundredsOfKpisAreAllTriggered() throws IOException {
    String[] many = IntStream.range(0, 300)
        .mapToObj(i -> kpi("kpi-" + i, i % 2 == 0 ? "/webhook/kpi-done" : "/webhook/kpi-now"))
        .toArray(String[]::new);
    Map<String, Object> kpis = run(0, List.of(), many);
    assertThat(kpis).hasSize(300);
    assertThat(kpis.keySet())
        .allSatisfy(id -> assertThat(of(kpis, id))
            .containsEntry("status", "triggered")
            .containsEntry("retryCount", 0));
  }

  private AppProcess serving(String... variables) {
    AppProcess app = AppProcess.app()
        .in(folder)
        .env("PORT", String.valueOf(PORT))
        .env("SCHEDULER_API_KEY", ApiClient.KEY)
        .env("SCHEDULER_PUBLIC_URL", "http://127.0.0.1:" + PORT)
        .env("CALLBACK_SECRET", "a-secret-of-all-replicas");
    for (int i = 0; i < variables.length; i += 2) {
      app.env(variables[i], variables[i + 1]);
    }
    return app;
  }

  private static String job(ApiClient api, String... kpis) {
    api.put("/api/registry", Registry.of(kpis));
    return String.valueOf(api.post("/api/trigger?wait=true", "").json().get("traceId"));
  }

  private static Map<String, Object> await(
      ApiClient api, String traceId, Predicate<Map<String, Object>> wanted) {
    Supplier<Map<String, Object>> job = () -> api.get("/api/jobs/" + traceId).json();
    Await.until(() -> job.get().toString(), Duration.ofSeconds(60), () -> wanted.test(job.get()));
    return Json.object(job.get(), "kpis");
  }

  private static Predicate<Map<String, Object>> is(String status) {
    return job -> status.equals(job.get("status"));
  }

  @Test
  void workflowsReportTheirEndsAndAreDrivenAgain() {
    try (AppProcess.Running running = serving().start("serve")) {
      ApiClient api = running.awaitReady();
      String id = job(api, kpi("callback"), kpi("secured"));
      Map<String, Object> first = await(
          api,
          id,
          job -> "completed".equals(of(Json.object(job, "kpis"), "callback").get("status")));
      assertThat(of(first, "secured")).containsEntry("status", "failed");

      // Somebody mends the registry, and drives what failed again.
      api.put(
          "/api/registry", Registry.of(kpi("callback"), kpi("secured", "/webhook/kpi-callback")));
      assertThat(api.post("/api/jobs/" + id + "/retry", "").status()).isEqualTo(202);
      Map<String, Object> second = await(api, id, is("completed"));
      assertThat(of(second, "secured"))
          .containsEntry("status", "completed")
          .containsEntry("settledBy", "callback")
          .containsEntry("redrives", 1);
      assertThat(of(second, "callback")).doesNotContainKey("redrives");
    }
  }

  @Test
  void whatIsNotReportedTimesOutOrIsDrivenAgain() {
    try (AppProcess.Running running = serving("SCHEDULER_JOB_TIMEOUT", "2s").start("serve")) {
      ApiClient api = running.awaitReady();
      String id = job(api, kpi("now"), kpi("callback"));
      assertThat(of(await(api, id, is("partial")), "now")).containsEntry("status", "timed_out");
    }
    try (AppProcess.Running running = serving(
            "SCHEDULER_JOB_TIMEOUT", "2s", "SCHEDULER_RETRY_UNFINISHED", "true")
        .start("serve")) {
      ApiClient api = running.awaitReady();
      String id = job(api, kpi("now"));
      assertThat(of(await(api, id, is("timed_out")), "now")).containsEntry("redrives", 1);
    }
  }

  @Test
  void aJobIsCancelledWhileItsWorkflowsAreSlow() {
    try (AppProcess.Running running =
        serving("SCHEDULER_DISPATCH_MAX_IN_FLIGHT_PER_HOST", "1").start("serve")) {
      ApiClient api = running.awaitReady();
      api.put(
          "/api/registry",
          Registry.of(IntStream.range(0, 20)
              .mapToObj(i -> kpi("kpi-" + i, "/webhook/kpi-slow"))
              .toArray(String[]::new)));
      String id = String.valueOf(api.post("/api/trigger", "").json().get("traceId"));
      assertThat(api.post("/api/jobs/" + id + "/cancel", "").status()).isEqualTo(202);
      Map<String, Object> kpis =
          await(api, id, job -> !Json.object(job, "kpis").toString().contains("status=pending"));
      assertThat(kpis.values())
          .filteredOn(kpi -> kpi.toString().contains("error=cancelled"))
          .hasSizeGreaterThan(17);
    }
  }
}
