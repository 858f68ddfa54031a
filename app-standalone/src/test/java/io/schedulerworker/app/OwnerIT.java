package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Commands on stores in files, which a service has or has not. */
@Execution(ExecutionMode.CONCURRENT)
class OwnerIT {
  @TempDir
  Path directory;

  private AppProcess app() {
    return AppProcess.quick().in(directory);
  }

  private AppProcess.Running serve() {
    return app().env("PORT", "0").env("SCHEDULER_API_KEY", ApiClient.KEY).start("serve");
  }

  private AppProcess.Result run(String... arguments) {
    return app().run(arguments);
  }

  @Test
  void schedulesArePausedWithAndWithoutAService() {
    String id;
    try (AppProcess.Running service = serve()) {
      ApiClient api = service.awaitReady();
      Await.until(
          () -> "no schedule is there",
          Duration.ofSeconds(20),
          () -> api.get("/api/schedules").body().contains("nextFireTime"));
      String listed = run("schedules", "list").assertExit(0).out();
      String line = listed.lines().toList().get(1);
      id = line.substring(0, line.indexOf(' '));
      assertThat(run("schedules", "pause", id).assertExit(0).out())
          .startsWith(id + " is paused since ");
      assertThat(api.get("/api/schedules").body()).contains("\"paused\":true");
    }
    assertThat(run("schedules", "list", "--json").assertExit(0).out()).contains("\"paused\":true");
    assertThat(run("schedules", "resume", id).assertExit(0).out())
        .startsWith(id + " fires next at ");
    run("schedules", "pause", "moon").assertMistakeIn("there is no schedule \"moon\"");
  }

  @Test
  void commandsDoTheSameWithAndWithoutAService() throws IOException {
    try (WebhookServer n8n = new WebhookServer()) {
      String registry = Registry.of(2, n8n);
      String file = Registry.file(directory, registry);
      assertThat(run("registry", "export").exitCode()).isEqualTo(2);
      assertThat(run("registry", "import", file).assertExit(0).out())
          .isEqualTo("imported 2 KPIs, 2 of them active\n");
      assertThat(run("run", "--json").assertExit(0).out()).contains("\"triggered\"");
      String before = run("jobs", "list").assertExit(0).out();
      assertThat(before).contains("manual, 0 of 2 completed");

      try (AppProcess.Running service = serve()) {
        ApiClient api = service.awaitReady();
        assertThat(run("registry", "export").assertExit(0).out()).isEqualTo(registry);
        assertThat(run("registry", "import", file).assertExit(0).out()).contains("imported 2");
        AppProcess.Result job = run("run", "--json", "--kpi", "kpi-1").assertExit(0);
        Object traceId = Json.object(job.out()).get("traceId");
        assertThat(Json.object(Json.object(job.out()), "kpis")).containsOnlyKeys("kpi-1");
        assertThat(api.get("/api/jobs/" + traceId).body() + "\n").isEqualTo(job.out());
        assertThat(run("jobs", "show", traceId.toString(), "--json").out()).isEqualTo(job.out());
        assertThat(run("jobs", "list").assertExit(0).out())
            .hasLineCount(3)
            .contains(before.lines().toList().get(1));
        run("run", "--kpi", "nobody").assertMistakeIn("nobody");
        assertThat(run("run", "--registry", file).exitCode()).isEqualTo(2);
      }
      assertThat(run("jobs", "list", "--limit", "1").out()).contains("more: --before trace_");
      assertThat(n8n.calls()).hasSize(3);
    }
  }

  @Test
  void jobsAreSteeredWithAndWithoutAService() throws IOException {
    WebhookServer.Answer refused = new WebhookServer.Answer(403, "{}");
    try (WebhookServer n8n = new WebhookServer().answer("/webhook/kpi-0", refused)) {
      run("registry", "import", Registry.file(directory, Registry.of(2, n8n))).assertExit(0);
      AppProcess.Result job = run("run", "--json");
      String id = String.valueOf(Json.object(job.out()).get("traceId"));
      assertThat(job.exitCode()).isEqualTo(1);

      AppProcess.Result again = run("jobs", "retry", id);
      assertThat(again.exitCode()).isEqualTo(1);
      assertThat(again.out())
          .startsWith(id + " in_progress: 1 of 2 KPIs triggered\n  failed kpi-0");
      run("jobs", "retry", id, "--kpi", "nobody").assertMistakeIn("not in the job: \"nobody\"");
      run("jobs", "retry", "yesterday").assertMistakeIn("is no trace id");
      run("jobs", "cancel", id).assertMistakeIn("no KPI of it is left to be called");

      n8n.answer("/webhook/kpi-0", new WebhookServer.Answer(200, "{}"));
      try (AppProcess.Running service = serve()) {
        service.awaitReady();
        String record = run("jobs", "retry", id, "--json").assertExit(0).out();
        assertThat(record).contains("\"redrives\":2", "\"by\":\"command line\"");
        run("jobs", "retry", id).assertMistakeIn("no KPI of it failed or timed out");
        run("jobs", "retry", id, "--kpi", "kpi-1").assertExit(0);
        run("jobs", "cancel", id).assertMistakeIn("no KPI of it is left to be called");
      }
      assertThat(n8n.calls("/webhook/kpi-0")).hasSize(3);
      assertThat(n8n.calls("/webhook/kpi-1")).hasSize(2);
    }
  }

  void aJobIsWatchedAcrossTheEndOfItsServiceAndTheNext() throws Exception {
    try (WebhookServer n8n = new WebhookServer().hold();
        AppProcess.Running first = serveOneByOne()) {
      ApiClient api = first.awaitReady();
      api.put("/api/registry", Registry.of(2, n8n));
      Object traceId = api.post("/api/trigger", "").json().get("traceId");
      assertThat(n8n.awaitArrivals(1, Duration.ofSeconds(30))).isTrue();
      try (AppProcess.Running watch = app().start("jobs", "watch")) {
        watch.awaitOut(Pattern.compile("in_progress"));
        first.signal("KILL");
        first.end();
        watch.await(Pattern.compile("waiting for it to come back"));
        try (AppProcess.Running second = serveOneByOne()) {
          second.awaitReady();
          n8n.release(4);
          AppProcess.Result watched = watch.end().assertExit(0);
          assertThat(watched.out())
              .contains(traceId + " completed, KPIs 2: 2 completed")
              .endsWith(traceId + " completed: 2 of 2 KPIs completed\n");
          assertThat(watched.err()).contains("it is back");
        }
      }
    }
  }

  private AppProcess.Running serveOneByOne() {
    return app()
        .env("PORT", "0")
        .env("SCHEDULER_API_KEY", ApiClient.KEY)
        .env("SCHEDULER_COMPLETION", "trigger")
        .env("SCHEDULER_DISPATCH_MAX_IN_FLIGHT_PER_HOST", "1")
        .start("serve");
  }

  @Test
  void watchingEndsWithTheJobOrWithPatience() throws Exception {
    try (WebhookServer n8n = new WebhookServer()) {
      String file = Registry.file(directory, Registry.of(1, n8n));
      assertThat(run("jobs", "watch").exitCode()).isEqualTo(2);
      run("run", "--completion", "trigger", "--registry", file).assertExit(0);
      assertThat(n8n.awaitArrivals(1, Duration.ofSeconds(30))).isTrue();
      assertThat(run("jobs", "watch", "--json").assertExit(0).outLines())
          .singleElement()
          .asString()
          .contains("\"status\":\"completed\"", "\"totalKPIs\":1")
          .doesNotContain("progress");
      run("jobs", "watch", "trace_20250814_120000_aaaaaaaa").assertMistakeIn("there is no job");
      run("jobs", "watch", "--patience", "soon").assertMistakeIn("--patience");
      assertThat(run("jobs", "show", newest()).assertExit(0).outLines())
          .contains("status    completed", "KPIs      1: 1 completed")
          .anyMatch(line -> line.startsWith("kpi-0  completed  200"));

      n8n.hold();
      try (AppProcess.Running busy = app().start("run", "--registry", file)) {
        assertThat(n8n.awaitArrivals(1, Duration.ofSeconds(30))).isTrue();
        AppProcess.Result result = run("jobs", "watch", "--patience", "1s");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("pid " + busy.pid());
        n8n.release(1);
        busy.end();
      }
    }
  }

  private String newest() {
    return run("jobs", "list").outLines().get(1).split(" ", 2)[0];
  }

  @Test
  void anOwnerThatDoesNotAnswerIsNamed() {
    try (AppProcess.Running service = serve()) {
      service.awaitReady();
      service.signal("STOP");

      AppProcess.Result result = run("jobs", "list");

      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err()).contains("pid " + service.pid(), "does not answer");
      assertThat(result.errLines()).hasSize(1);
      service.signal("CONT");
    }
  }

  @Test
  void anOwnerThatIsNoServiceIsNamed() throws Exception {
    try (WebhookServer n8n = new WebhookServer().hold()) {
      String file = Registry.file(directory, Registry.of(1, n8n));
      try (AppProcess.Running busy = app().start("run", "--registry", file)) {
        assertThat(n8n.awaitArrivals(1, Duration.ofSeconds(30))).isTrue();

        AppProcess.Result second = run("run", "--registry", file);

        assertThat(second.exitCode()).isEqualTo(3);
        assertThat(second.err()).contains("pid " + busy.pid());
        AppProcess.Result service = app().env("PORT", "0").run("serve");
        assertThat(service.exitCode()).isEqualTo(3);
        assertThat(service.errLines()).hasSize(1);
        n8n.release(1);
        busy.end().assertExit(0);
      }
    }
  }

  @Test
  void theNoteOfAServiceThatWasKilledMisleadsNobody() throws IOException {
    try (AppProcess.Running service = serve()) {
      service.awaitReady();
      service.signal("KILL");
      service.end();
    }
    assertThat(directory.resolve("data/jobs.serve")).exists();

    assertThat(run("jobs", "list").assertExit(0).out()).hasLineCount(1);
    try (AppProcess.Running again = serve()) {
      again.awaitReady();
      assertThat(Files.readString(directory.resolve("data/jobs.serve")))
          .startsWith("pid " + again.pid() + "\n");
    }
  }

  @Test
  void aRegistryThatIsNoneIsRefusedWhole() throws IOException {
    String good = Registry.of(Registry.kpi("a", "http://127.0.0.1:9/a"));
    run("registry", "import", Registry.file(directory, good)).assertExit(0);

    run("registry", "import", Registry.file(directory, "{\"kpis\":7}")).assertMistake("kpis");
    run("registry", "import", directory.resolve("none").toString()).assertMistake("does not exist");

    assertThat(run("registry", "export").out()).isEqualTo(good);
  }

  @Test
  void findingsOfAnImportAreSaidOnStderr() throws IOException {
    String some = "{\"kpis\":[{\"id\":\"b\"}]}";
    AppProcess.Result result =
        run("registry", "import", Registry.file(directory, some)).assertExit(0);
    assertThat(result.errLines())
        .first()
        .isEqualTo("scheduler-worker: kpis[0] (id \"b\"): name is missing; this KPI is left out");
    assertThat(result.out()).isEqualTo("imported 1 KPI, 0 of them active\n");
  }
}
