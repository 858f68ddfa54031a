package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets at the metrics, in which format, and what they say after a job. */
class MetricsApiTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String OPEN_METRICS = "application/openmetrics-text";

  private static ApiClient.Reply open(TestService service, String... headers) {
    return service.api().call("GET", "/metrics", "", headers);
  }

  @Test
  void theyNeedTheKey() {
    try (TestService service = TestService.start()) {
      ApiClient.Reply refused = open(service);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.headers()).containsEntry("WWW-Authenticate", "Bearer");
      ApiClient.Reply reply = service.api().get("/metrics");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers())
          .containsEntry("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
          .containsEntry("Cache-Control", "no-store");
      ApiClient.Reply wrong = service.api().post("/metrics", "");
      assertThat(wrong.status()).isEqualTo(405);
      assertThat(wrong.headers()).containsEntry("Allow", "GET, HEAD");
      assertThat(service.api().get("/metrics/").status()).isEqualTo(404);
    }
  }

  @Test
  void withoutAKeyNobodyGetsThem() {
    try (TestService service = TestService.start("SCHEDULER_API_KEY", "")) {
      assertThat(open(service).status()).isEqualTo(403);
    }
  }

  @Test
  void theyCanBeMadePublic() {
    try (TestService service =
        TestService.start("SCHEDULER_API_KEY", "", "SCHEDULER_METRICS_PUBLIC", "true")) {
      assertThat(open(service).status()).isEqualTo(200);
      assertThat(service.api().call("HEAD", "/metrics", "").status()).isEqualTo(200);
      assertThat(open(service).body()).contains("scheduler_worker_build_info{");
    }
  }

  @Test
  void whoAsksForOpenMetricsGetsThem() {
    try (TestService service = TestService.start()) {
      ApiClient.Reply reply = service
          .api()
          .call(
              "GET",
              "/metrics",
              "",
              "Authorization",
              "Bearer " + ApiClient.KEY,
              "Accept",
              OPEN_METRICS + ";version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.4,*/*;q=0.2");
      assertThat(reply.headers().get("Content-Type")).startsWith(OPEN_METRICS + "; version=1.0.0");
      assertThat(reply.body()).endsWith("# EOF\n");
    }
  }

  @Test
  void aJobIsCountedAndTimed() throws IOException {
    try (WebhookServer n8n = new WebhookServer();
        TestService service =
            TestService.start("SCHEDULER_COMPLETION", "trigger").register(Registry.of(3, n8n))) {
      service.api().post("/api/trigger?wait=true", "");

      Scrape scrape = awaited(service, "scheduler_worker_jobs_ended_total", 1);

      String host = n8n.url("").substring("http://".length());
      String calls =
          "scheduler_worker_call_seconds_%s{host=\"" + host + "\",outcome=\"accepted\"%s}";
      assertThat(scrape.value(calls.formatted("count", ""))).isEqualTo(3);
      assertThat(scrape.value(calls.formatted("sum", ""))).isPositive();
      assertThat(scrape.value(calls.formatted("bucket", ",le=\"+Inf\""))).isEqualTo(3);
      assertThat(scrape.value("scheduler_worker_jobs_started_total{schedule=\"manual\"}"))
          .isEqualTo(1);
      assertThat(scrape.value(
              "scheduler_worker_jobs_settled_total{schedule=\"manual\",status=\"completed\"}"))
          .isEqualTo(1);
      assertThat(scrape.value("scheduler_worker_kpis_settled_total{status=\"completed\"}"))
          .isEqualTo(3);
      assertThat(scrape.value("scheduler_worker_kpis_ended_total{status=\"completed\"}"))
          .isEqualTo(3);
      assertThat(scrape.value("scheduler_worker_job_duration_seconds_count{status=\"completed\"}"))
          .isEqualTo(1);
      assertThat(scrape.value("scheduler_worker_jobs_running")).isZero();
      assertThat(scrape.value("scheduler_worker_host_limit{host=\"" + host + "\"}"))
          .isEqualTo(16);
      assertThat(
              scrape.value("scheduler_worker_host_breaker{host=\"" + host + "\",state=\"closed\"}"))
          .isEqualTo(1);
      assertThat(
              scrape.value(
                  "scheduler_worker_store_operation_seconds_count{operation=\"put_if_absent\",outcome=\"done\",store=\"jobs\"}"))
          .isPositive();
      assertThat(
              scrape.value(
                  "scheduler_worker_store_operation_seconds_count{operation=\"get\",outcome=\"done\",store=\"config\"}"))
          .isPositive();
    }
  }

  private static Scrape awaited(TestService service, String family, double sum) {
    Await.until(() -> family, SOON, () -> sum(Scrape.of(service), family) >= sum);
    return Scrape.of(service);
  }

  private static double sum(Scrape scrape, String name) {
    return scrape.series().stream()
        .filter(each -> each.startsWith(name + "{"))
        .mapToDouble(scrape::value)
        .sum();
  }

  @Test
  void whatIsInFlightAndWaitsIsSeen() throws Exception {
    try (WebhookServer n8n = new WebhookServer().hold();
        TestService service =
            TestService.start("SCHEDULER_SHUTDOWN_GRACE", "0").register(Registry.of(20, n8n))) {
      service.api().post("/api/trigger", "");
      assertThat(n8n.awaitArrivals(16, SOON)).isTrue();
      Scrape scrape = Scrape.of(service);
      String host = "{host=\"" + n8n.url("").substring("http://".length()) + "\"}";
      assertThat(scrape.value("scheduler_worker_host_in_flight" + host)).isEqualTo(16);
      assertThat(scrape.value("scheduler_worker_host_waiting" + host)).isEqualTo(4);
      assertThat(scrape.value("scheduler_worker_jobs_running")).isEqualTo(1);
    }
  }

  @Test
  void aStoreThatFailsIsSeen() {
    try (TestService service = TestService.start("JOBS_KV", "faulty:metrics")) {
      FaultyStores.at("faulty:metrics").goAway();
      service.api().get("/api/jobs");
      assertThat(
              Scrape.of(service)
                  .value(
                      "scheduler_worker_store_operation_seconds_count{operation=\"list\",outcome=\"unavailable\",store=\"jobs\"}"))
          .isPositive();
    }
  }

  /** Nothing of a KPI but its host is in a metric, and no secret is. */
  @Test
  void idsAndSecretsAreInNoLabel() throws IOException {
    try (WebhookServer n8n = new WebhookServer();
        TestService service = TestService.start("N8N_API_KEY", "hush-hush")
            .register(Registry.of(List.of(
                Registry.kpi("secret-id \\\" } 1 \u202e", n8n.url("/hook?token=hush-hush")))))) {
      String traceId =
          String.valueOf(service.api().post("/api/trigger?wait=true", "").json().get("traceId"));
      Scrape scrape = awaited(service, "scheduler_worker_call_seconds_count", 1);
      assertThat(scrape.labelValues())
          .noneMatch(value -> value.contains("secret-id"))
          .noneMatch(value -> value.contains("hush"))
          .noneMatch(value -> value.contains(ApiClient.KEY))
          .noneMatch(value -> value.contains(traceId));
    }
  }
}
