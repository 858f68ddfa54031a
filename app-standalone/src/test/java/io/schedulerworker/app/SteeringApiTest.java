package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/jobs/{traceId}/retry} and {@code …/cancel}. */
class SteeringApiTest {
  private static final WebhookServer.Answer REFUSED = new WebhookServer.Answer(403, "{}");
  private static final WebhookServer.Answer OK = new WebhookServer.Answer(200, "{}");

  private WebhookServer n8n;
  private TestService service;

  @BeforeEach
  void start() throws IOException {
    n8n = new WebhookServer().answer("/webhook/kpi-0", REFUSED, OK);
    service = TestService.start("SCHEDULER_DISPATCH_MAX_IN_FLIGHT_PER_HOST", "1")
        .register(Registry.of(3, n8n));
  }

  @AfterEach
  void stop() {
    service.close();
    n8n.close();
  }

  private String job() {
    return String.valueOf(
        service.api().post("/api/trigger?wait=true", "").json().get("traceId"));
  }

  private static Map<?, ?> kpi(ApiClient.Reply job, String id) {
    return (Map<?, ?>) Json.object(job.json(), "kpis").get(id);
  }

  @Test
  void whatFailedIsDrivenAgain() {
    String id = job();
    ApiClient.Reply reply = service.api().post("/api/jobs/" + id + "/retry?wait=true", "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(kpi(reply, "kpi-0").get("status")).isEqualTo("triggered");
    assertThat(kpi(reply, "kpi-0").get("redrives")).isEqualTo(1);
    List<?> audit = (List<?>) Json.object(reply.json(), "metadata").get("audit");
    assertThat((Map<?, ?>) audit.get(0))
        .extracting(line ->
            List.of(line.get("action"), line.get("by"), line.get("kpiCount"), line.get("kpiIds")))
        .isEqualTo(List.of("retry", "SCHEDULER_API_KEY", 1, List.of("kpi-0")));
    assertThat(n8n.calls("/webhook/kpi-0"))
        .extracting(call -> call.header("Idempotency-Key"))
        .containsExactly(id + ":kpi-0", id + ":kpi-0:1");
  }

  @Test
  void whoIsNamedIsDrivenAgain() {
    String id = job();
    String body = "{\"kpiIds\":[\"kpi-1\"]}";
    ApiClient.Reply reply = service.api().post("/api/jobs/" + id + "/retry", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    assertThat(reply.json()).containsEntry("traceId", id).containsEntry("kpiCount", 1);
    assertThat(reply.headers()).containsEntry("Location", "/api/jobs/" + id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"kpiIds\":[]}", "{\"kpiIds\":\"a\"}", "{\"kpis\":[\"a\"]}", "nonsense"})
  void whatIsNotUnderstoodIsMalformed(String body) {
    assertThat(service.api().post("/api/jobs/" + job() + "/retry", body).status())
        .isEqualTo(400);
  }

  @Test
  void whatCannotBeSaysWhy() {
    String id = job();
    service.api().post("/api/jobs/" + id + "/retry?wait=true", "");
    ApiClient.Reply nothing = service.api().post("/api/jobs/" + id + "/retry", "");
    assertThat(nothing.status()).isEqualTo(422);
    assertThat(nothing.detail()).contains("no KPI of it failed or timed out");
    ApiClient.Reply nobody =
        service.api().post("/api/jobs/" + id + "/retry", "{\"kpiIds\":[\"x\",\"y\"]}");
    assertThat(nobody.status()).isEqualTo(422);
    assertThat(nobody.detail()).contains("not in the job: \"x\", \"y\"");
    ApiClient.Reply over = service.api().post("/api/jobs/" + id + "/cancel", "");
    assertThat(over.status()).isEqualTo(422);
    assertThat(over.detail()).contains("no KPI of it is left to be called");
    String unknown = "/api/jobs/trace_20250814_120000_aaaaaaaa/";
    assertThat(service.api().post(unknown + "retry", "").status()).isEqualTo(404);
    assertThat(service.api().post(unknown + "cancel", "").status()).isEqualTo(404);
    assertThat(service.api().call("POST", "/api/jobs/" + id + "/retry", "").status())
        .isEqualTo(401);
    assertThat(service.api().get("/api/jobs/" + id + "/cancel").status()).isEqualTo(405);
  }

  @Test
  void aJobUnderWayIsCancelledAndNotDrivenAgain() throws InterruptedException {
    n8n.hold();
    String id = String.valueOf(service.api().post("/api/trigger", "").json().get("traceId"));
    assertThat(n8n.awaitArrivals(1, Duration.ofSeconds(20))).isTrue();
    ApiClient.Reply busy = service.api().post("/api/jobs/" + id + "/retry", "");
    assertThat(busy.status()).isEqualTo(409);
    assertThat(busy.detail()).contains("is under way");
    assertThat(service.api().post("/api/jobs/" + id + "/cancel", "").status()).isEqualTo(202);
    n8n.release(1);
    Await.until(
        () -> service.api().get("/api/jobs/" + id).body(),
        Duration.ofSeconds(20),
        () -> service.api().get("/api/jobs/" + id).body().contains("\"status\":\"failed\""));
    ApiClient.Reply job = service.api().get("/api/jobs/" + id);
    assertThat(kpi(job, "kpi-2").get("error")).isEqualTo("cancelled");
    assertThat(n8n.calls()).hasSize(1);
  }
}
