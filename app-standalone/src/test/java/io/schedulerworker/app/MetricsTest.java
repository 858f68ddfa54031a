package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.RegistryStore;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.app.metrics.Metrics;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.testing.SimulatedClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What metrics make of what a scheduler tells, whatever hosts and schedules are called. */
class MetricsTest {
  private static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");
  private static final TraceId ID = TraceId.ofManual(NOON, "abc12345");
  private final Exception failure = new IllegalStateException("away");
  private static final ScheduleId DAILY = new ScheduleId("daily");

  private final SimulatedClock clock = new SimulatedClock(NOON);
  private final KvStore memory = new TestStores("memory:", "memory:", Map.of()).openJobs();
  private final Metrics metrics = new Metrics(clock);
  private final JobListener listener = metrics.listener();
  private final SchedulerWorker worker = SchedulerWorker.builder(memory, memory, new Silent())
      .clock(clock)
      .shutdownGrace(Duration.ZERO)
      .listener(listener)
      .build();

  /** Never answers. */
  private static final class Silent implements WorkflowTrigger {
    @Override
    public CompletionStage<TriggerOutcome> trigger(TriggerRequest request) {
      return new CompletableFuture<>();
    }

    @Override
    public void close() {}
  }

  private void begin() {
    metrics.begin(worker, List.of(DAILY), "1.2.3", Runnable::run);
  }

  private Scrape scrape() {
    byte[] text = metrics.scrape(null).toCompletableFuture().join().text();
    return Scrape.of(new String(text, StandardCharsets.UTF_8));
  }

  private static JobRecord job(Instant createdAt) {
    return JobRecord.pending(ID, createdAt, List.of("a"), "test", Fire.manual());
  }

  @AfterEach
  void close() {
    metrics.close();
    worker.close();
    memory.close();
  }

  @Test
  void whatHappensBeforeTheMetersAreThereIsCountedToo() {
    listener.jobLost(ID, 1);
    CompletableFuture<?> early = metrics.scrape(null).toCompletableFuture();
    assertThat(early).isNotDone();
    begin();
    assertThat(early).isCompleted();
    listener.jobLost(ID, 1);
    assertThat(scrape().value("scheduler_worker_leases_lost_total")).isEqualTo(2);
  }

  @Test
  void whatHasNotHappenedYetIsZero() {
    begin();
    assertThat(scrape().series())
        .contains(
            "scheduler_worker_fires_total{fate=\"job\",schedule=\"daily\"}",
            "scheduler_worker_fires_total{fate=\"window over\",schedule=\"daily\"}",
            "scheduler_worker_jobs_ended_total{schedule=\"daily\",status=\"failed\"}",
            "scheduler_worker_fire_lag_seconds_count{schedule=\"daily\"}",
            "scheduler_worker_leases_lost_total",
            "scheduler_worker_takeovers_total");
  }

  @Test
  void whatIsRareIsCounted() {
    begin();
    listener.jobTakenOver(job(NOON), 1);
    assertThat(scrape().value("scheduler_worker_jobs_running")).isEqualTo(1);
    listener.jobHandedOver(job(NOON));
    listener.jobNotStored(ID, 1, failure);
    listener.registryStandsIn(Duration.ofHours(1), failure);
    listener.scheduleSuperseded(DAILY, "0 0 * * *", "UTC");
    Scrape scrape = scrape();
    assertThat(scrape.value("scheduler_worker_takeovers_total")).isEqualTo(1);
    assertThat(scrape.value("scheduler_worker_handovers_total")).isEqualTo(1);
    assertThat(scrape.value("scheduler_worker_jobs_not_stored_total")).isEqualTo(1);
    assertThat(scrape.value("scheduler_worker_registry_stand_ins_total")).isEqualTo(1);
    assertThat(scrape.value("scheduler_worker_jobs_running")).isZero();
    assertThat(scrape.value("scheduler_worker_schedule_superseded{schedule=\"daily\"}"))
        .isEqualTo(1);
    listener.scheduleReinstated(DAILY);
    assertThat(scrape().value("scheduler_worker_schedule_superseded{schedule=\"daily\"}"))
        .isZero();
  }

  @Test
  void aFireIsAsLateAsItsJob() {
    begin();
    Fire fire = new Fire(DAILY, "0 12 * * *", NOON);
    clock.advance(Duration.ofMillis(1_500));
    listener.jobCreated(JobRecord.pending(ID, clock.now(), List.of("a"), "test", fire));
    Scrape scrape = scrape();
    assertThat(scrape.value("scheduler_worker_fire_lag_seconds_sum{schedule=\"daily\"}"))
        .isEqualTo(1.5);
    assertThat(scrape.value("scheduler_worker_fires_total{fate=\"job\",schedule=\"daily\"}"))
        .isEqualTo(1);
  }

  @Test
  void jobsThatWereTakenOverAreTimedFromTheirCreation() {
    begin();
    listener.jobTakenOver(job(NOON.minusSeconds(60)), 1);
    clock.advance(Duration.ofSeconds(5));
    listener.jobSettled(job(NOON.minusSeconds(60)));
    assertThat(scrape().value("scheduler_worker_job_dispatch_seconds_sum{status=\"pending\"}"))
        .isEqualTo(65);
  }

  @Test
  void aRetryIsTimedByItself() {
    begin();
    listener.jobRetried(job(NOON.minusSeconds(86_400)), 1, "somebody");
    clock.advance(Duration.ofSeconds(5));
    listener.jobCancelled(ID, "somebody");
    listener.jobSettled(job(NOON.minusSeconds(86_400)));
    Scrape scrape = scrape();
    assertThat(scrape.value("scheduler_worker_jobs_retried_total")).isEqualTo(1);
    assertThat(scrape.value("scheduler_worker_jobs_cancelled_total")).isEqualTo(1);
    assertThat(scrape.value("scheduler_worker_job_dispatch_seconds_sum{status=\"pending\"}"))
        .isEqualTo(5);
  }

  @Test
  void nothingThatAHostIsCalledBreaksTheFormat() {
    begin();
    List<String> hosts = List.of(
        "quote\"} 1",
        "back\\slash\\",
        "line\nscheduler_worker_up 1",
        "return\rscheduler_worker_up 1",
        "nothing\u0000",
        "bidi\u202e\u2066",
        "surrogate\ud800",
        "separator\u2028\u2029",
        "ümlaut.example:443",
        "",
        "x".repeat(10_000));
    hosts.forEach(host -> listener.hostClosed(host, Duration.ofSeconds(1), "because"));
    Scrape scrape = scrape();
    assertThat(scrape.families()).doesNotContainKey("scheduler_worker_up");
    assertThat(scrape.labelValues())
        .contains(
            "quote\\\"} 1", "back\\\\slash\\\\", "bidi\\\\u202e\\\\u2066", "ümlaut.example:443")
        .allMatch(value -> value.length() < 200)
        .allMatch(value -> value.chars().noneMatch(Character::isISOControl));
  }

  @Test
  void hostsBeyondTheBoundAreOne() {
    String kpis = IntStream.range(0, 150)
        .mapToObj(i -> Registry.kpi("kpi-" + i, "http://host-" + i + "/hook"))
        .reduce((one, other) -> one + "," + other)
        .orElseThrow();
    new RegistryStore(memory, clock, Duration.ofSeconds(5)).put("{\"kpis\":[" + kpis + "]}");
    begin();
    worker.runNow(KpiSelection.all());
    Scrape scrape = scrape();
    assertThat(scrape.series().stream()
            .filter(series -> series.startsWith("scheduler_worker_host_in_flight{")))
        .hasSize(101);
    assertThat(scrape.value("scheduler_worker_host_in_flight{host=\"other\"}")).isEqualTo(50);
    assertThat(scrape.value("scheduler_worker_host_breaker{host=\"other\",state=\"closed\"}"))
        .isEqualTo(1);
    IntStream.range(0, 500).forEach(i -> listener.hostGivenUp("more-" + i, 1, "is gone"));
    assertThat(scrape().value("scheduler_worker_calls_given_up_total{host=\"other\"}"))
        .isEqualTo(500);
  }

  @Test
  void schedulesBeyondTheBoundAreOne() {
    begin();
    IntStream.range(0, 500)
        .mapToObj(i -> new Fire(new ScheduleId("s-" + i), "0 0 * * *", NOON))
        .forEach(fire -> listener.fireFailed(fire, failure));
    Scrape scrape = scrape();
    assertThat(scrape.series().stream()
            .filter(series -> series.startsWith("scheduler_worker_fire_failures_total{")))
        .hasSizeLessThanOrEqualTo(101);
    assertThat(scrape.value("scheduler_worker_fire_failures_total{schedule=\"other\"}"))
        .isGreaterThan(390);
  }
}
