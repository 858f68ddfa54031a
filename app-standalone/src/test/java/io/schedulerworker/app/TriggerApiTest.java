package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.FaultyStores.FaultyStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /api/trigger}. */
class TriggerApiTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private WebhookServer n8n;
  private TestService service;

  @BeforeEach
  void start() throws IOException {
    n8n = new WebhookServer();
    service = TestService.start("JOBS_KV", "faulty:trigger").register(Registry.of(3, n8n));
  }

  @AfterEach
  void stop() {
    service.close();
    n8n.close();
  }

  private ApiClient.Reply trigger(String body, String... headers) {
    return service.api().post("/api/trigger", body, headers);
  }

  @Test
  void startsAJobAndSaysWhich() throws InterruptedException {
    ApiClient.Reply reply = trigger("");

    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    assertThat(reply.json()).containsOnlyKeys("traceId", "kpiCount").containsEntry("kpiCount", 3);
    String traceId = String.valueOf(reply.json().get("traceId"));
    assertThat(reply.headers()).containsEntry("Location", "/api/jobs/" + traceId);
    assertThat(n8n.awaitArrivals(3, SOON)).isTrue();
    assertThat(service.api().get("/api/jobs/" + traceId).json()).containsEntry("traceId", traceId);
  }

  @Test
  void waitsForTheLastCallIfAskedTo() {
    ApiClient.Reply reply =
        service.api().post("/api/trigger?wait=true", "{\"kpiIds\":[\"kpi-2\",\"kpi-0\"]}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(Json.object(reply.json(), "kpis")).containsOnlyKeys("kpi-0", "kpi-2");
    assertThat(reply.body()).contains("\"status\":\"triggered\"");
    assertThat(n8n.calls()).hasSize(2);
  }

  @Test
  void manyMayWaitAtTheSameTimeAndHealthAnswersMeanwhile() throws Exception {
    n8n.hold();
    int many = 60;
    CompletableFuture<?>[] waiting = new CompletableFuture<?>[many];
    for (int i = 0; i < many; i++) {
      waiting[i] = CompletableFuture.supplyAsync(
          () -> service.api().post("/api/trigger?wait=true", "{\"kpiIds\":[\"kpi-0\"]}"),
          task -> new Thread(task).start());
    }
    assertThat(n8n.awaitArrivals(16, SOON)).isTrue();

    assertThat(service.api().call("GET", "/api/health/live", "").status()).isEqualTo(200);
    assertThat(service.api().get("/api/jobs").status()).isEqualTo(200);

    n8n.release(many);
    CompletableFuture.allOf(waiting).join();
    assertThat(waiting)
        .allSatisfy(done -> assertThat(((ApiClient.Reply) done.join()).status()).isEqualTo(200));
  }

  @Test
  void aRepeatedRequestIsTheSameJob() {
    ApiClient.Reply first = trigger("", "Idempotency-Key", "deploy-7");
    ApiClient.Reply again = trigger("{}", "Idempotency-Key", "deploy-7");
    ApiClient.Reply other = trigger("{\"kpiIds\":[\"kpi-0\"]}", "Idempotency-Key", "deploy-7");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.detail()).contains("use a new key");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"kpiIds":[]}            | at least one id
      {"kpiIds":"kpi-0"}       | must be a list
      {"kpiIds":[1]}           | kpiIds[0] is not a string
      {"kpiIds":null}          | must be a list
      {"kpiids":["kpi-0"]}     | not "kpiids"
      {"kpiIds":["a"],"kpiIds":["b"]} | not JSON
      {"kpiIds":["kpi-0"]      | not JSON
      {} {}                    | not JSON
      []                       | must be a JSON object
      "all"                    | must be a JSON object
      """)
  void whatIsMalformedIsNamed(String body, String detail) {
    ApiClient.Reply reply = trigger(body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/problem+json");
    assertThat(reply.detail()).contains(detail);
    assertThat(n8n.calls()).isEmpty();
  }

  @Test
  void queryAndKeyAreChecked() {
    assertThat(service.api().post("/api/trigger?wait=yes", "").detail()).contains("true or false");
    assertThat(service.api().post("/api/trigger?await=true", "").status()).isEqualTo(400);
    assertThat(trigger("", "Idempotency-Key", " ").status()).isEqualTo(400);
    assertThat(trigger("", "Idempotency-Key", "x".repeat(257)).status()).isEqualTo(400);
    assertThat(trigger("", "Idempotency-Key", "a", "Idempotency-Key", "b").status())
        .isEqualTo(400);
  }

  @Test
  void unknownIdsAreNamedAndNobodyIsCalled() {
    ApiClient.Reply reply = trigger("{\"kpiIds\":[\"kpi-0\",\"none-1\",\"none-2\"]}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.detail()).contains("none-1", "none-2").doesNotContain("kpi-0");
    assertThat(n8n.calls()).isEmpty();
  }

  @Test
  void aRegistryAtFaultIsSaid() {
    service.register("{\"kpis\":[]}");
    ApiClient.Reply reply = trigger("");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json()).containsEntry("reason", "no active KPI");
  }

  @Test
  void aStoreOutOfReachIsSaid() {
    FaultyStore jobs = FaultyStores.at("faulty:trigger");
    jobs.goAway();
    ApiClient.Reply reply = trigger("");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsKey("Retry-After");
  }

  @Test
  void withoutTheKeyNothingStarts() {
    ApiClient api = service.api();
    ApiClient.Reply wrong = api.call("POST", "/api/trigger", "", "Authorization", "Bearer no");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.headers()).containsKey("WWW-Authenticate");
    assertThat(api.call("GET", "/api/trigger", "").headers()).containsEntry("Allow", "POST");

    try (TestService closed = TestService.start("SCHEDULER_API_KEY", "")) {
      assertThat(closed.api().post("/api/trigger", "").status()).isEqualTo(403);
    }
    assertThat(n8n.calls()).isEmpty();
  }

  @Test
  void aServiceThatStopsFinishesWhatWasBegunAndStartsNothing() throws Exception {
    n8n.hold();
    CompletableFuture<ApiClient.Reply> waiting = CompletableFuture.supplyAsync(
        () -> service.api().post("/api/trigger?wait=true", ""), task -> new Thread(task).start());
    assertThat(n8n.awaitArrivals(3, SOON)).isTrue();
    CompletableFuture<Void> stopping =
        CompletableFuture.runAsync(service::close, task -> new Thread(task).start());

    ApiClient.Reply refused = trigger("");
    while (refused.status() == 202) {
      refused = trigger("");
    }
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.detail()).contains("stopping");
    assertThat(service.api().call("GET", "/api/health/live", "").status()).isEqualTo(200);

    n8n.release(1_000);
    Map<String, Object> record = waiting.join().json();
    assertThat(Json.object(record, "kpis")).hasSize(3);
    stopping.join();
  }

  @Test
  void whoeverSendsARequestManyTimesAtOnceIsToldOfOneJob() throws Exception {
    int many = 12;
    CountDownLatch start = new CountDownLatch(1);
    List<CompletableFuture<ApiClient.Reply>> replies = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      String path = i % 2 == 0 ? "/api/trigger" : "/api/trigger?wait=true";
      replies.add(CompletableFuture.supplyAsync(
          () -> {
            await(start);
            return service.api().post(path, "", "Idempotency-Key", "once");
          },
          task -> new Thread(task).start()));
    }
    start.countDown();

    assertThat(replies)
        .extracting(CompletableFuture::join)
        .allSatisfy(reply -> assertThat(reply.status()).as(reply.body()).isIn(200, 202))
        .extracting(reply -> reply.json().get("traceId"))
        .containsOnly(replies.get(0).join().json().get("traceId"));
    assertThat(n8n.awaitArrivals(3, SOON)).isTrue();
    assertThat(n8n.calls()).hasSize(3);
  }

  private static void await(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
