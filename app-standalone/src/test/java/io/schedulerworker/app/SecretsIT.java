package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schedulerworker.testing.PlantedSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that are planted wherever there can be one, looked for in everything that the process says. */
class SecretsIT {
  private static final String PLANTED = "planted-";
  private static final String BASIC = Base64.getEncoder()
      .encodeToString(("u:" + PLANTED + "basic").getBytes(StandardCharsets.UTF_8));

  /** In base64, which has no dash. */
  private static final String SIGNING = "plantedplantedplantedplantedplan";

  private static final String API_KEY = PLANTED + "a/p+i=\"k\\ey";

  private static final String READER = PLANTED + "reader-key";

  private static final PlantedSecret HARD = PlantedSecret.HARD;

  private static final Pattern ALERT_UNDELIVERED =
      Pattern.compile("alerts do not reach 127\\.0\\.0\\.1:9");
  private static final Pattern ALL_THREADS = Pattern.compile("(JNI global)");

  private final List<String> said = new ArrayList<>();

  @TempDir
  Path directory;

  private AppProcess app() {
    return AppProcess.quick()
        .in(directory)
        .env("PORT", "0")
        .env("SCHEDULER_API_KEY", API_KEY)
        .env("N8N_API_KEY", PLANTED + "n8n-key")
        .env("SCHEDULER_N8N_SIGNING_SECRETS", "whsec_" + SIGNING)
        .env("SCHEDULER_ALERTS_URL", "http://127.0.0.1:9/" + PLANTED + "hook?token=" + PLANTED)
        .env("SCHEDULER_TRIGGERS_HEARTBEAT_URL", "http://127.0.0.1:9/" + PLANTED + "ping")
        .env("SCHEDULER_CONFIG", directory.resolve("keys.toml").toString());
  }

  private void hear(AppProcess.Result result) {
    said.add(result.out());
    said.add(result.err());
  }

  private String registry(WebhookServer n8n) {
    String port = n8n.url("").replaceAll(".*:", "");
    return Registry.of(
        Registry.kpi(
            "refused",
            "http://" + PLANTED + "user:" + PLANTED + "pass@127.0.0.1:9/x?token=" + PLANTED + "t"),
        Registry.kpi("fails", "http://127.0.0.1:" + port + "/fails?token=" + PLANTED + "query"),
        Registry.kpi("basic", "http://localhost:" + port + "/basic"),
        Registry.kpi("works", "http://127.0.0.1:" + port + "/works?token=" + PLANTED + "query"),
        Registry.kpi("invalid", "ftp://" + PLANTED + "user:" + PLANTED + "pass@127.0.0.1/x"),
        Registry.kpi("odd", "http://127.0.0.1:99999/?token=" + PLANTED + "port"));
  }

  @Test
  void nothingThatIsSaidHasASecret() throws IOException {
    keysFor("localhost", "u:" + PLANTED + "basic");
    try (WebhookServer n8n = new WebhookServer()
        .answer(
            "/fails", new WebhookServer.Answer(401, "no " + PLANTED + "n8n-key here " + SIGNING))
        .answer("/basic", new WebhookServer.Answer(403, BASIC + " " + PLANTED + "basic"))) {
      String file = Registry.file(directory, registry(n8n));
      hear(app().run("registry", "import", file));
      try (AppProcess.Running service =
          app().start("serve", "--dispatch.retries", "0", "--completion", "trigger")) {
        talkTo(service.awaitReady(), service);
        service.await(ALERT_UNDELIVERED);
        said.add(service.said());
      }
      hear(app().run("run", "--json", "--dispatch.retries", "0"));
      hear(app().run("jobs", "list", "--json"));
      hear(app().run("validate", file));
    }
    for (String[] wrong : wrongUses()) {
      hear(app().run(wrong));
    }
    hear(app().run("serve", "--help"));
    hear(app().run("run", "--help"));

    assertThat(said)
        .hasSizeGreaterThan(20)
        .anyMatch(text -> text.contains("KPI failed"))
        .anyMatch(text -> text.contains("n8n.signing_secrets = ***"))
        .anyMatch(text -> text.contains("api_keys[0] = ***"))
        .anyMatch(text -> text.contains("/api/trigger: 403 in"))
        .anyMatch(text -> text.contains("Bearer ***\\\"") && text.contains("reported"))
        .anyMatch(text -> text.contains("\"outcome\":\"400\""))
        .anyMatch(text -> text.contains("alerts.url = ***"))
        .anyMatch(text -> text.contains("alerts do not reach 127.0.0.1:9"));
    assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(PLANTED, SIGNING, BASIC));
  }

  @Test
  void nothingThatServersRepeatOfAKeyIsSaid() throws IOException {
    PlantedSecret word = new PlantedSecret(PLANTED + "basic");
    keysFor("localhost", "u:" + word.text());
    try (WebhookServer n8n = new WebhookServer()) {
      List<String> kpis = new ArrayList<>(KeyEchoes.of(HARD).on(n8n, "127.0.0.1"));
      kpis.addAll(KeyEchoes.ofWord(word).on(n8n, "localhost"));
      hear(app().run("registry", "import", Registry.file(directory, Registry.of(kpis))));
      runAndShow(HARD.text());

      assertThat(n8n.calls())
          .hasSize(2 * kpis.size())
          .extracting(call -> call.header("Authorization"))
          .containsOnly("Bearer " + HARD.text(), "Basic " + BASIC);
    }
    hearFiles();

    assertThat(said).anyMatch(text -> text.contains("no *** here"));
    assertThat(said.stream().map(HARD::pieceIn).flatMap(Optional::stream)).isEmpty();
    assertThat(said.stream().map(word::pieceIn).flatMap(Optional::stream)).isEmpty();
  }

  /** A job of the service and one of {@code run}, and all that shows them. */
  private void runAndShow(String n8nKey) {
    String[] key = {"Authorization", "Bearer " + API_KEY};
    String traceId;
    try (AppProcess.Running service =
        app().env("N8N_API_KEY", n8nKey).start("serve", "--dispatch.retries", "0")) {
      ApiClient api = service.awaitReady();
      ApiClient.Reply job = api.call("POST", "/api/trigger?wait=true", "", key);
      traceId = String.valueOf(job.json().get("traceId"));
      said.add(job.body());
      said.add(api.call("GET", "/api/jobs", "", key).body());
      said.add(api.call("GET", "/api/jobs/" + traceId, "", key).body());
      said.add(api.call("GET", "/api/health", "", key).body());
      service.signal("QUIT");
      service.awaitOut(ALL_THREADS);
      said.add(service.said());
    }
    hear(app().env("N8N_API_KEY", n8nKey).run("run", "--json", "--dispatch.retries", "0"));
    hear(app().run("jobs", "list", "--json"));
    hear(app().run("jobs", "show", traceId));
    hear(app().run("jobs", "show", traceId, "--json"));
  }

  private void hearFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("keys.toml")) {
          said.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
  }

  private void keysFor(String host, String userAndPassword) throws IOException {
    Files.writeString(
        directory.resolve("keys.toml"),
        "[[n8n.keys]]\nhosts = [\"" + host + "\"]\nscheme = \"Basic\"\nkey = \"" + userAndPassword
            + "\"\n[[api_keys]]\nname = \"reader\"\nkey = \"" + READER + "\"\nread_only = true\n");
  }

  private void talkTo(ApiClient api, AppProcess.Running service) {
    String[] key = {"Authorization", "Bearer " + API_KEY};
    String[] wrong = {"Authorization", "Bearer " + PLANTED + "wrong-key"};
    ApiClient.Reply job = api.call("POST", "/api/trigger?wait=true", "", key);
    said.add(job.body());
    said.add(reported(api, "/api/jobs/" + job.json().get("traceId")));
    said.add(api.call("POST", "/api/trigger", "", wrong).body());
    said.add(api.call("POST", "/api/trigger", "", "Authorization", "Bearer " + READER)
        .body());
    said.add(api.call("GET", "/api/jobs", "", key).body());
    said.add(api.call("GET", "/api/jobs?token=" + PLANTED + "value", "", key).body());
    said.add(api.call("GET", "/api/health", "").body());
    said.add(
        api.call("GET", "/api/health?token=" + PLANTED + "value", "", wrong).body());
    said.add(
        api.call("PUT", "/api/registry", "{\"x\":\"" + PLANTED + "body\"", key).body());
    service.signal("QUIT");
    service.awaitOut(ALL_THREADS);
  }

  /** The job after a workflow has repeated all that it knows. */
  private static String reported(ApiClient api, String job) {
    String[] key = {"Authorization", "Bearer " + API_KEY};
    ObjectNode report = JsonNodeFactory.instance.objectNode().put("status", "failed");
    report
        .putObject("error")
        .put("message", "reported")
        .put("called", "Bearer " + PLANTED + "n8n-key")
        .put("signed", SIGNING)
        .put("reports", "Bearer " + API_KEY);
    assertThat(api.call("POST", job + "/kpis/works", report.toString(), key).status())
        .isEqualTo(200);
    return api.call("GET", job, "", key).body();
  }

  private List<String[]> wrongUses() throws IOException {
    Path settings = Files.writeString(
        directory.resolve("wrong.toml"),
        "api_key = [\"" + PLANTED + "list\"]\nconfig_kv = \"bogus://u:" + PLANTED + "pass@h/0\"\n"
            + "n8n.api_key = {a = \"" + PLANTED + "table\"}\n");
    Path broken =
        Files.writeString(directory.resolve("broken.toml"), "api_key = \"" + PLANTED + "open\n");
    Path keys = Files.writeString(
        directory.resolve("wrong-keys.toml"),
        "[[n8n.keys]]\nkey = \"" + PLANTED
            + "ü\"\n[[n8n.keys]]\nhosts = [\"a\"]\nheader = \"Host\"\n" + "key = \"" + PLANTED
            + "table\"\n[n8n]\nsigning_secrets = [\"" + PLANTED + "secret\"]\n");
    Path alerts = Files.writeString(
        directory.resolve("wrong-alerts.toml"),
        "alerts.url = \"" + PLANTED + "no url\"\n[[schedules]]\nid = \"a\"\n"
            + "cron = \"* * * * *\"\nheartbeat_url = \"ftp://" + PLANTED + "u@h/x\"\n");
    return List.of(
        new String[] {"validate", keys.toString()},
        new String[] {"validate", alerts.toString()},
        new String[] {"serve", "--alerts.url", "https://" + PLANTED + "user@h/x"},
        new String[] {"serve", "--n8n.signing-secrets", "whsec_" + PLANTED + "secret"},
        new String[] {
          "run",
          "--n8n.client-cert-file",
          keys.toString(),
          "--n8n.client-key-file",
          keys.toString(),
          "--n8n.client-key-password",
          PLANTED + "p/a+s=\"s\\word"
        },
        new String[] {"serve", "--config", settings.toString()},
        new String[] {"serve", "--config", broken.toString()},
        new String[] {"validate", settings.toString()},
        new String[] {"validate", broken.toString()},
        new String[] {
          "run", "--config-kv", "bogus://u:" + PLANTED + "pass@h/0?token=" + PLANTED + "t"
        },
        new String[] {"run", "--config-kv", "redis://u:" + PLANTED + "pass@127.0.0.1:1/0"},
        new String[] {"run", "--config-kv", "redis://u:" + PLANTED + "pass@127.0.0.1:1/0?token=x"},
        new String[] {"run", "--jobs-kv", "file://u:" + PLANTED + "pass@h/x"},
        new String[] {
          "serve", "--api-key", PLANTED + "bad\u0001key", "--n8n.api-key", PLANTED + "\n"
        },
        new String[] {"serve", "--api-key-file", directory.resolve("none").toString()});
  }
}
