package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.system.SystemClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Services in every state that shows in an answer, each called wherever that shows. */
final class ApiScenes {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String TRACE = "trace_20250814_120000_aaaaaaaa";
  private static final String COMPLETED = "{\"status\":\"completed\"}";
  private static final int GUESSES = 20;

  private final OpenApi api;
  private final ApiTour tour;

  ApiScenes(OpenApi api, ApiTour tour) {
    this.api = api;
    this.tour = tour;
  }

  void all() throws Exception {
    atWork();
    inVain();
    fromBrowsers();
    withoutKey();
    withAReadOnlyKey();
    guessing();
    storesAway();
    storesBroken();
    registryInAFile();
  }

  private static Path file(String name, String text) throws IOException {
    Path file = Files.createTempFile("scenes", name);
    file.toFile().deleteOnExit();
    return Files.writeString(file, text);
  }

  private static Path settings() throws IOException {
    return file(".toml", """
        cors_origins = ["https://ops.example.com"]
        public_url = "http://127.0.0.1"
        callback_secret = "0123456789abcdef"
        [[schedules]]
        id = "yearly"
        cron = "0 0 1 1 *"
        """);
  }

  private static void expect(int status, OpenApi.Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
  }

  /** Jobs from their start to their end, once more, and what stands in the way of each. */
  private void atWork() throws Exception {
    try (WebhookServer n8n = new WebhookServer()
            .answer(
                "/webhook/kpi-0",
                new WebhookServer.Answer(403, "{}"),
                new WebhookServer.Answer(200, "{}"));
        TestService service = TestService.start(
            new SystemClock(), settings(), "SCHEDULER_DISPATCH_MAX_IN_FLIGHT_PER_HOST", "1")) {
      look(service);
      registry(service, Registry.of(2, n8n));
      jobs(service, n8n);
      schedules(service);
      look(service);
    }
  }

  private void look(TestService service) {
    for (String path : new String[] {
      "/api/health",
      "/api/health/live",
      "/api/jobs",
      "/api/schedules",
      "/metrics",
      "/api/openapi.yaml"
    }) {
      expect(200, tour.keyed(service, "GET", path, ""));
      expect(200, tour.keyed(service, "HEAD", path, ""));
    }
    expect(
        200,
        tour.keyed(
            service,
            "GET",
            "/metrics",
            "",
            "Accept",
            "application/openmetrics-text;version=1.0.0"));
  }

  private void registry(TestService service, String registry) {
    String path = "/api/registry";
    expect(404, tour.keyed(service, "GET", path, ""));
    expect(422, tour.keyed(service, "POST", "/api/trigger", ""));
    expect(201, tour.keyed(service, "PUT", path, "{\"kpis\":[{\"id\":7}]}", "If-None-Match", "*"));
    expect(412, tour.keyed(service, "PUT", path, registry, "If-None-Match", "*"));
    expect(412, tour.keyed(service, "PUT", path, registry, "If-Match", "\"other\""));
    expect(422, tour.keyed(service, "PUT", path, "{\"kpis\":7}"));
    expect(400, tour.keyed(service, "PUT", path, "{"));
    String etag = tour.keyed(service, "GET", path, "").headers().get("ETag");
    expect(200, tour.keyed(service, "PUT", path, registry, "If-Match", etag));
    expect(200, tour.keyed(service, "GET", path, ""));
  }

  private void jobs(TestService service, WebhookServer n8n) throws Exception {
    OpenApi.Answer done = tour.keyed(service, "POST", "/api/trigger?wait=true", "");
    expect(200, done);
    String job = "/api/jobs/" + Json.object(done.body()).get("traceId");
    expect(200, tour.keyed(service, "GET", job, ""));
    expect(404, tour.keyed(service, "GET", "/api/jobs/" + TRACE, ""));
    expect(422, tour.keyed(service, "POST", job + "/cancel", ""));
    expect(200, tour.keyed(service, "POST", job + "/retry?wait=true", ""));
    expect(422, tour.keyed(service, "POST", job + "/retry", ""));
    expect(404, tour.keyed(service, "POST", "/api/jobs/" + TRACE + "/retry", ""));
    expect(404, tour.keyed(service, "POST", "/api/jobs/" + TRACE + "/cancel", ""));
    ends(service, job, n8n);
    underWay(service, n8n);
  }

  private void ends(TestService service, String job, WebhookServer n8n) {
    String end = job + "/kpis/kpi-1";
    expect(401, tour.ask(service, "POST", end + "?drive=0&signature=wrong", COMPLETED));
    expect(401, tour.keyed(service, "POST", end + "?drive=0&%73ignature=wrong", COMPLETED));
    expect(400, tour.keyed(service, "POST", end, "{\"status\":\"well\"}"));
    String callback =
        String.valueOf(Json.object(n8n.calls("/webhook/kpi-1").get(0).body()).get("callbackUrl"));
    URI address = URI.create(callback);
    String target = address.getRawPath() + "?" + address.getRawQuery();
    expect(200, tour.ask(service, "POST", target, COMPLETED));
    expect(200, tour.keyed(service, "POST", end, COMPLETED));
    expect(409, tour.keyed(service, "POST", end, "{\"status\":\"failed\"}"));
    expect(404, tour.keyed(service, "POST", job + "/kpis/nobody", COMPLETED));
  }

  private void underWay(TestService service, WebhookServer n8n) throws Exception {
    n8n.hold();
    int before = n8n.calls().size();
    assertThat(n8n.awaitArrivals(before, SOON)).isTrue();
    OpenApi.Answer started =
        tour.keyed(service, "POST", "/api/trigger", "{\"kpiIds\":[\"kpi-0\",\"kpi-1\"]}");
    expect(202, started);
    assertThat(n8n.awaitArrivals(1, SOON)).isTrue();
    String job = started.headers().get("Location");
    expect(409, tour.keyed(service, "POST", job + "/retry", ""));
    expect(202, tour.keyed(service, "POST", job + "/cancel", ""));
    n8n.release(1_000);
    Await.until(
        () -> "still under way",
        SOON,
        () -> tour.keyed(service, "POST", job + "/retry", "").status() == 202);
  }

  private void schedules(TestService service) {
    expect(200, tour.keyed(service, "POST", "/api/schedules/yearly/pause", ""));
    expect(200, tour.keyed(service, "GET", "/api/schedules", ""));
    expect(200, tour.keyed(service, "POST", "/api/schedules/yearly/resume", ""));
    expect(404, tour.keyed(service, "POST", "/api/schedules/none/pause", ""));
    expect(404, tour.keyed(service, "POST", "/api/schedules/None%2F/resume", ""));
  }

  /** What is refused wherever it is sent. */
  private void inVain() {
    try (TestService service = TestService.start()) {
      for (String operation : api.operations()) {
        inVain(service, method(operation), path(operation));
      }
      expect(404, tour.ask(service, "GET", "/", ""));
      expect(404, tour.ask(service, "BREW", "/api/jobs/", ""));
      expect(404, tour.ask(service, "GET", "/api/jobs/..", ""));
      expect(400, tour.ask(service, "GET", "/api/jobs/%2e%2e", ""));
    }
  }

  private void inVain(TestService service, String method, String path) {
    String usual =
        " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ApiClient.KEY + "\r\n";
    String line = method + " " + path;
    expect(400, tour.say(service, method, path, line + "?a=%ff" + usual + "\r\n"));
    expect(400, tour.say(service, method, path, line + usual + "Content-Length: x\r\n\r\n"));
    expect(413, tour.say(service, method, path, line + usual + "Content-Length: 99000000\r\n\r\n"));
    expect(414, tour.say(service, method, path, line + "?" + "a".repeat(17_000) + usual + "\r\n"));
    expect(417, tour.say(service, method, path, line + usual + "Expect: much\r\n\r\n"));
    expect(
        431,
        tour.say(service, method, path, line + usual + "X: " + "a".repeat(17_000) + "\r\n\r\n"));
    expect(505, tour.say(service, method, path, line + " HTTP/3.0\r\nHost: localhost\r\n\r\n"));
    expect(505, tour.say(service, method, path, line + " HTTP/2.0\r\nHost: localhost\r\n\r\n"));
    expect(405, tour.ask(service, "BREW", path, ""));
    tour.ask(service, method, path, "");
  }

  private static String method(String operation) {
    return operation.substring(0, operation.indexOf(' '));
  }

  private static String path(String operation) {
    return operation
        .substring(operation.indexOf(' ') + 1)
        .replace("{traceId}", TRACE)
        .replace("{kpiId}", "a%2Fb")
        .replace("{id}", "yearly");
  }

  private void fromBrowsers() throws IOException {
    try (TestService service = TestService.start(new SystemClock(), settings())) {
      for (String operation : api.operations()) {
        expect(
            204,
            tour.ask(
                service,
                "OPTIONS",
                path(operation),
                "",
                "Origin",
                "https://ops.example.com",
                "Access-Control-Request-Method",
                method(operation)));
      }
    }
  }

  private void withoutKey() {
    try (TestService service = TestService.start("SCHEDULER_API_KEY", "")) {
      for (String operation : api.operations()) {
        tour.ask(service, method(operation), path(operation), "");
      }
    }
  }

  private void withAReadOnlyKey() throws IOException {
    Path settings = file(".toml", """
        triggers.crons = []
        [[api_keys]]
        name = "looker"
        key = "0123456789abcdef"
        read_only = true
        """);
    try (TestService service = TestService.start(new SystemClock(), settings)) {
      expect(
          403,
          tour.ask(
              service, "POST", "/api/trigger", "", "Authorization", "Bearer 0123456789abcdef"));
    }
  }

  private void guessing() {
    try (TestService service = TestService.start()) {
      for (int i = 0; i < GUESSES; i++) {
        expect(401, tour.ask(service, "GET", "/api/jobs", "", "Authorization", "Bearer wrong"));
      }
      for (String operation : api.operations()) {
        tour.keyed(service, method(operation), path(operation), "");
      }
    }
  }

  private void storesAway() {
    try (TestService service = TestService.start(
        "JOBS_KV", "faulty:scenes-jobs",
        "CONFIG_KV", "faulty:scenes-config",
        "SCHEDULER_SHUTDOWN_GRACE", "0")) {
      FaultyStores.at("faulty:scenes-jobs").goAway();
      FaultyStores.at("faulty:scenes-config").goAway();
      for (String operation : api.operations()) {
        String body = operation.startsWith("PUT") ? "{\"kpis\":[]}" : "";
        boolean end = operation.contains("kpiId");
        tour.keyed(service, method(operation), path(operation), end ? COMPLETED : body);
      }
      Await.until(
          () -> "healthy",
          SOON,
          () -> tour.ask(service, "GET", "/api/health", "").status() == 503);
    }
  }

  private void storesBroken() {
    try (TestService service = TestService.start("JOBS_KV", "faulty:scenes-broken")) {
      put(JobRecord.key(new TraceId(TRACE)));
      put(Ledger.key(new ScheduleId("yearly")));
      expect(500, tour.keyed(service, "GET", "/api/jobs/" + TRACE, ""));
      expect(500, tour.keyed(service, "POST", "/api/schedules/yearly/pause", ""));
      expect(500, tour.keyed(service, "POST", "/api/schedules/yearly/resume", ""));
      for (String steering : new String[] {"/retry", "/cancel", "/kpis/a"}) {
        OpenApi.Answer answer =
            tour.keyed(service, "POST", "/api/jobs/" + TRACE + steering, end(steering));
        expect(500, answer);
        assertThat(answer.body()).contains("what is stored is wrong");
      }
    }
  }

  private static String end(String path) {
    return path.contains("/kpis/") ? COMPLETED : "";
  }

  private static void put(String key) {
    FaultyStores.at("faulty:scenes-broken")
        .put(key, "garbage", Ttl.NONE, Deadline.in(SOON, new SystemClock()));
  }

  private void registryInAFile() throws IOException {
    Path registry = file(".json", "{\"kpis\":[]}");
    Path settings = file(".toml", "triggers.crons = []\nregistry_file = '" + registry + "'\n");
    try (TestService service = TestService.start(new SystemClock(), settings, "CONFIG_KV", "")) {
      expect(200, tour.keyed(service, "GET", "/api/registry", ""));
      expect(409, tour.keyed(service, "PUT", "/api/registry", "{\"kpis\":[]}"));
      Files.write(registry, new byte[] {(byte) 0xff});
      expect(422, tour.keyed(service, "GET", "/api/registry", ""));
    }
  }
}
