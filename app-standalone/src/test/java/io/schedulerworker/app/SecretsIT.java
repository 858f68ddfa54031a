package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that are planted wherever there can be one, looked for in everything that the process says. */
class SecretsIT {
  private static final String PLANTED = "planted-";
  private static final String BASIC = Base64.getEncoder()
      .encodeToString(("u:" + PLANTED + "basic").getBytes(StandardCharsets.UTF_8));

  /** In base64, which has no dash. */
  private static final String SIGNING = "plantedplantedplantedplantedplan";

  private static final Pattern ALL_THREADS = Pattern.compile("(JNI global)");

  private final List<String> said = new ArrayList<>();

  @TempDir
  Path directory;

  private AppProcess app() {
    return AppProcess.quick()
        .in(directory)
        .env("PORT", "0")
        .env("SCHEDULER_API_KEY", PLANTED + "api-key")
        .env("N8N_API_KEY", PLANTED + "n8n-key")
        .env("SCHEDULER_N8N_SIGNING_SECRETS", "whsec_" + SIGNING)
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
    Files.writeString(
        directory.resolve("keys.toml"),
        "[[n8n.keys]]\nhosts = [\"localhost\"]\nscheme = \"Basic\"\nkey = \"u:" + PLANTED
            + "basic\"\n");
    try (WebhookServer n8n = new WebhookServer()
        .answer(
            "/fails", new WebhookServer.Answer(401, "no " + PLANTED + "n8n-key here " + SIGNING))
        .answer("/basic", new WebhookServer.Answer(403, BASIC + " " + PLANTED + "basic"))) {
      String file = Registry.file(directory, registry(n8n));
      hear(app().run("registry", "import", file));
      try (AppProcess.Running service = app().start("serve", "--dispatch.retries", "0")) {
        talkTo(service.awaitReady(), service);
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
        .anyMatch(text -> text.contains("n8n.signing_secrets = ***"));
    assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(PLANTED, SIGNING, BASIC));
  }

  private void talkTo(ApiClient api, AppProcess.Running service) {
    String[] key = {"Authorization", "Bearer " + PLANTED + "api-key"};
    String[] wrong = {"Authorization", "Bearer " + PLANTED + "wrong-key"};
    said.add(api.call("POST", "/api/trigger?wait=true", "", key).body());
    said.add(api.call("POST", "/api/trigger", "", wrong).body());
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
    return List.of(
        new String[] {"validate", keys.toString()},
        new String[] {"serve", "--n8n.signing-secrets", "whsec_" + PLANTED + "secret"},
        new String[] {
          "run",
          "--n8n.client-cert-file",
          keys.toString(),
          "--n8n.client-key-file",
          keys.toString(),
          "--n8n.client-key-password",
          PLANTED + "password"
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
