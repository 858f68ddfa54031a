package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.schedulerworker.app.WebhookServer.Answer;
import io.schedulerworker.app.WebhookServer.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that want to be more than texts, wherever somebody else gives one, looked for in all that goes out. */
class InjectionIT {
  /** What a terminal acts on, what ends a line, and what turns the reading direction round. */
  private static final String HOSTILE =
      "\u001b]0;owned\u0007\u001b[31m\r\nX-Injected: 1\u0085\u2028\u202Eevil\u2066\u0000\uFEFF";

  /** The same without control characters, which no id has. */
  private static final String HOSTILE_ID = "../a\u202Ee\u2028v%0d%0aX: il/\u2066?#:\"'`$(id)\\";

  private static final Pattern ACTS = Pattern.compile(
      "[\\p{Cntrl}&&[^\n]]|[\\p{Cf}\\p{Zl}\\p{Zp}]", Pattern.UNICODE_CHARACTER_CLASS);

  @TempDir
  Path directory;

  private final List<String> said = new ArrayList<>();
  private String registry;

  @BeforeEach
  void register() throws IOException {
    registry = directory.resolve("registry.json").toString();
  }

  private void write(WebhookServer server) throws IOException {
    List<Map<String, Object>> kpis = List.of(
        kpi(HOSTILE_ID, server.url("/webhook/accepts")),
        kpi("refused", server.url("/webhook/refuses")),
        kpi("control\u001bid", server.url("/webhook/a")),
        kpi("split", server.url("/webhook/a\r\nX-Injected: 1")),
        kpi("escaped", server.url("/webhook/b%0d%0aX-Injected:%201")),
        kpi("turned", "http://n8n\u202E.example/"));
    Files.writeString(Path.of(registry), text(Map.of("kpis", kpis)), StandardCharsets.UTF_8);
  }

  private static String text(Object value) throws IOException {
    return new ObjectMapper().writeValueAsString(value);
  }

  private static Map<String, Object> kpi(String id, String url) {
    Map<String, Object> kpi = new LinkedHashMap<>();
    kpi.put("id", id);
    kpi.put("name", HOSTILE);
    kpi.put("description", HOSTILE);
    kpi.put("type", HOSTILE);
    kpi.put("active", true);
    kpi.put("webhookUrl", url);
    kpi.put("metadata", Map.of(HOSTILE, HOSTILE));
    return kpi;
  }

  private AppProcess app() {
    return AppProcess.quick()
        .in(directory)
        .env("PORT", "0")
        .env("SCHEDULER_API_KEY", "k")
        .env("LC_ALL", "C.UTF-8");
  }

  private AppProcess.Result hear(AppProcess.Result result) {
    said.add(result.out());
    said.add(result.err());
    return result;
  }

  @Test
  void nothingOfItComesThrough() throws IOException {
    try (WebhookServer server = new WebhookServer()
        .answer("/webhook/accepts", new Answer(200, "{\"executionId\":\"" + "\u202E1\"}"))
        .answer("/webhook/refuses", new Answer(400, text(Map.of("message", HOSTILE))))) {
      write(server);
      hear(app().run("validate", registry));
      hear(app().run("registry", "import", registry)).assertExit(0);
      hear(app().run("run", "--dispatch.retries", "0")).assertExit(1);
      hear(app().run("run", "--json", "--kpi", HOSTILE_ID)).assertExit(0);
      hear(app().run("run", "--kpi", HOSTILE.replace("\u0000", ""))).assertExit(2);
      hear(app().run("jobs", "list"));
      hear(app().run("registry", "export"));
      hear(app().env("ENVIRONMENT", "\u202Eevil").run("run", "--kpi", "refused"));
      hear(app().run("jobs", "show", HOSTILE_ID));
      hear(app().run("run", "--config-kv", "memory:\u202E\u2028"));
      hear(app().run("schedules", "pause", HOSTILE_ID));
      hear(app().run("next", "\u202E* * * * *"));
      try (AppProcess.Running service = app().start("serve", "--dispatch.retries", "0")) {
        ApiClient api = service.awaitReady();
        api.call("POST", "/api/trigger?wait=true", "", "Authorization", "Bearer k");
        api.call("GET", "/api/jobs/%1b%5b31m%0d%0aX:1", "", "Authorization", "Bearer k");
        api.call("GET", "/api/jobs?status=%e2%80%ae", "", "Authorization", "Bearer k");
        said.add(api.call("GET", "/api/health", "").body());
        said.add(service.said());
      }

      assertThat(server.calls()).isNotEmpty().allSatisfy(InjectionIT::assertNothingAdded);
      Call call = server.calls("/webhook/accepts").get(0);
      assertThat(call.header("Idempotency-Key")).matches("trace_[0-9a-z_]+:[A-Za-z0-9._~%-]+");
      assertThat(Json.object(call.body())).containsEntry("kpiId", HOSTILE_ID);
      assertThat(Json.object(Json.object(call.body()), "metadata"))
          .containsEntry("kpiName", HOSTILE);
    }
    assertThat(said).hasSizeGreaterThan(20);
    assertThat(said)
        .allSatisfy(text -> assertThat(ACTS.matcher(text)
                .results()
                .map(match -> "%04x in %s"
                    .formatted((int) match.group().charAt(0), around(text, match.start()))))
            .isEmpty());
    assertThat(said)
        .noneMatch(text -> text.lines().anyMatch(line -> line.startsWith("X-Injected")));
  }

  private static String around(String text, int place) {
    return text.substring(Math.max(0, place - 60), Math.min(text.length(), place + 20));
  }

  private static void assertNothingAdded(Call call) {
    assertThat(call.headers().keySet())
        .containsExactlyInAnyOrder(
            "Host",
            "Content-length",
            "Content-type",
            "User-agent",
            "Idempotency-key",
            "Traceparent");
  }
}
