package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/jobs} and one of them. */
class JobsApiTest {
  private WebhookServer n8n;
  private TestService service;

  @BeforeEach
  void start() throws IOException {
    n8n = new WebhookServer();
    service = TestService.start("SCHEDULER_COMPLETION", "trigger").register(Registry.of(2, n8n));
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

  private Map<String, Object> list(String query) {
    ApiClient.Reply reply = service.api().get("/api/jobs" + query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static List<String> ids(Map<String, Object> page) {
    return ((List<?>) page.get("jobs"))
        .stream().map(job -> String.valueOf(((Map<?, ?>) job).get("traceId"))).toList();
  }

  @Test
  void listsTheNewestFirstPageByPage() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(job());
    }
    all.sort(Comparator.reverseOrder());

    Map<String, Object> first = list("?limit=3");
    Map<String, Object> second = list("?limit=3&before=" + first.get("next"));

    assertThat(ids(first)).isEqualTo(all.subList(0, 3));
    assertThat(ids(second)).isEqualTo(all.subList(3, 5));
    assertThat(second).containsEntry("next", null);
    assertThat((Map<?, ?>) ((List<?>) first.get("jobs")).get(0))
        .extracting(Map::keySet)
        .asString()
        .isEqualTo("[traceId, status, createdAt, updatedAt, metadata]");
  }

  @Test
  void filters() {
    String id = job();
    assertThat(ids(list("?status=completed&schedule=manual"))).containsExactly(id);
    assertThat(ids(list("?status=failed"))).isEmpty();
    assertThat(ids(list("?schedule=daily"))).isEmpty();
    assertThat(list("")).containsEntry("next", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=ten",
        "before=yesterday",
        "status=done",
        "schedule=No",
        "stauts=failed",
        "limit=1&limit=2"
      })
  void whatIsWrongIsNamed(String query) {
    ApiClient.Reply reply = service.api().get("/api/jobs?" + query);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).contains(query.substring(0, query.indexOf('=')));
  }

  @Test
  void showsOneJob() {
    String id = job();
    Map<String, Object> record = service.api().get("/api/jobs/" + id).json();
    assertThat(record)
        .containsOnlyKeys("traceId", "status", "createdAt", "updatedAt", "kpis", "metadata");
    assertThat(service.api().get("/api/jobs/trace_20250814_120000_aaaaaaaa").status())
        .isEqualTo(404);
    assertThat(service.api().get("/api/jobs/what%2Fever").detail()).contains("what/ever");
    assertThat(service.api().call("GET", "/api/jobs/" + id, "").status()).isEqualTo(401);
  }
}
