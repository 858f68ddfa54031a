package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.Ttl;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerWorkerTest extends WorkerTestBase {
  @Test
  void aJobGoesFromPendingToInProgressToItsOutcome() {
    register("a", "b");
    trigger.atOnce = false;
    JobHandle job = builder().environment("test").build().runNow(KpiSelection.all());
    assertThat(job.traceId()).hasToString("trace_20250814_115830_aaaaaaaa");
    assertThat(job.kpiCount()).isEqualTo(2);
    assertThat(events.told).containsExactly("created pending");
    assertThat(stored(job.traceId()).status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(stored(job.traceId()).metadata().environment()).isEqualTo("test");
    assertThat(stored(job.traceId()).metadata().fire()).isEqualTo(Fire.manual());

    clock.advance(Duration.ofSeconds(5));
    trigger.held.remove().complete(OK);
    trigger.held.remove().complete(new TriggerOutcome.Refused("no", 403));
    assertThat(job.settled().toCompletableFuture()).isNotDone();
    executor.runAll();

    JobRecord record = job.settled().toCompletableFuture().join();
    assertThat(stored(job.traceId())).isEqualTo(record);
    assertThat(record.kpis().get("a").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(record.kpis().get("b").status()).isEqualTo(KpiStatus.FAILED);
    assertThat(record.status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(record.createdAt()).isEqualTo(NOON.minusSeconds(90));
    assertThat(record.updatedAt()).isEqualTo(NOON.minusSeconds(85));
    assertThat(jobs.values)
        .containsEntry(JobRecord.LAST_TRACE_ID_KEY, "trace_20250814_115830_aaaaaaaa");
    assertThat(events.told)
        .containsExactly("created pending", "settled a", "settled b", "job in_progress");
  }

  @Test
  void withCompletionByTriggerTheJobIsComplete() {
    register("a");
    JobHandle job = builder().completion(CompletionMode.TRIGGER).build().runNow(KpiSelection.all());
    executor.runAll();
    assertThat(stored(job.traceId()).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(trigger.requests.get(0).payload()).isEqualTo("""
            {"traceId":"trace_20250814_115830_aaaaaaaa","kpiId":"a","timestamp":\
            "2025-08-14T11:58:30Z","kpiType":"t","metadata":{"schedulerWorker":"scheduler-worker",\
            "environment":"development","kpiName":"N","kpiDescription":null}}""");
  }

  @Test
  void recordsLiveAsLongAsTheRetentionAndTheLastTraceIdForEver() {
    register("a");
    JobHandle job = builder().retention(Duration.ofDays(7)).build().runNow(KpiSelection.all());
    executor.runAll();
    assertThat(jobs.lives).containsEntry(JobRecord.key(job.traceId()), Ttl.of(Duration.ofDays(7)));
    assertThat(jobs.lives).containsEntry(JobRecord.LAST_TRACE_ID_KEY, Ttl.NONE);
  }

  @Test
  void theLastTraceIdIsTheGreatest() {
    register("a");
    jobs.values.put(JobRecord.LAST_TRACE_ID_KEY, "trace_20990101_000000_00000000");
    builder().build().runNow(KpiSelection.all());
    assertThat(jobs.values)
        .containsEntry(JobRecord.LAST_TRACE_ID_KEY, "trace_20990101_000000_00000000");
    jobs.values.put(JobRecord.LAST_TRACE_ID_KEY, "trace_20000101_000000_00000000");
    builder().build().runNow(KpiSelection.all());
    assertThat(jobs.values)
        .containsEntry(JobRecord.LAST_TRACE_ID_KEY, "trace_20250814_115830_bbbbbbbb");
  }

  @Test
  void onlyTheKpisAskedForAreCalled() {
    register("a", "b", "c");
    JobHandle job = builder().build().runNow(KpiSelection.ofIds(List.of("c")));
    executor.runAll();
    assertThat(stored(job.traceId()).kpis()).containsOnlyKeys("c");
    assertThat(trigger.requests).extracting(TriggerRequest::kpiId).containsExactly("c");
  }

  @Test
  void noJobMeansNothingWritten() {
    SchedulerWorker worker = builder().build();
    assertNoJob(worker, SkipReason.REGISTRY, "there is no registry");
    config.values.put(KpiRegistry.KEY, "{");
    assertNoJob(worker, SkipReason.REGISTRY, "not valid JSON");
    config.values.put(KpiRegistry.KEY, "{\"kpis\":{}}");
    assertNoJob(worker, SkipReason.REGISTRY, "must be a list");
    config.values.put(KpiRegistry.KEY, "{\"kpis\":[{\"id\":\"a\"}]}");
    assertNoJob(worker, SkipReason.NO_ACTIVE_KPI, "no active KPI");
    assertThat(events.told).hasSize(1).first().asString().contains("kpis[0] (id \"a\")");
    assertThat(jobs.values).isEmpty();
    assertThat(trigger.requests).isEmpty();
  }

  private static void assertNoJob(SchedulerWorker worker, SkipReason reason, String message) {
    assertThatExceptionOfType(NoJobException.class)
        .isThrownBy(() -> worker.runNow(KpiSelection.all()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .withMessageContaining(message);
  }

  @Test
  void aStoreThatIsAwayAtTheStartIsTheCallersToKnow() {
    register("a");
    jobs.failNext(Kind.UNAVAILABLE, 1);
    SchedulerWorker worker = builder().build();
    assertThatExceptionOfType(KvStoreException.class)
        .isThrownBy(() -> worker.runNow(KpiSelection.all()));
    assertThat(trigger.requests).isEmpty();
  }

  @Test
  void aStoreThatGoesAwayOnceTheRecordIsThereDoesNotStopTheJob() {
    register("a");
    trigger.atOnce = false;
    jobs.before.add(() -> {});
    jobs.before.add(() -> {});
    jobs.failNext(Kind.UNAVAILABLE, 1);
    jobs.failNext(Kind.OUTCOME_UNKNOWN, 1);
    JobHandle job = builder().build().runNow(KpiSelection.all());
    assertThat(stored(job.traceId()).status()).isEqualTo(JobStatus.PENDING);

    trigger.held.remove().complete(OK);
    executor.runAll();

    assertThat(stored(job.traceId()))
        .isEqualTo(job.settled().toCompletableFuture().join());
    assertThat(stored(job.traceId()).status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(stored(job.traceId()).kpis().get("a").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void aStoreThatIsAwayAtTheEndIsTriedAgain() {
    register("a");
    trigger.atOnce = false;
    JobHandle job = builder().build().runNow(KpiSelection.all());
    executor.runAll();
    jobs.failNext(Kind.UNAVAILABLE, 2);
    jobs.failNext(Kind.OUTCOME_UNKNOWN, 1);
    trigger.held.remove().complete(OK);
    pass(Duration.ofSeconds(2));
    assertThat(job.settled().toCompletableFuture()).isNotDone();
    pass(Duration.ofSeconds(30));
    assertThat(job.settled().toCompletableFuture()).isCompleted();
    assertThat(stored(job.traceId()).kpis().get("a").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void anOutcomeThatCannotBeStoredIsTold() {
    register("a");
    trigger.atOnce = false;
    JobHandle job = builder().storePatience(Duration.ZERO).build().runNow(KpiSelection.all());
    executor.runAll();
    jobs.failNext(Kind.REJECTED, 1);
    trigger.held.remove().complete(OK);
    executor.runAll();
    assertThat(job.settled().toCompletableFuture())
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(KvStoreException.class);
    assertThat(events.told).endsWith("not stored: the store is away");
  }

  @Test
  void whatAnotherWriterMadeOfTheRecordMeanwhileIsKept() {
    register("a", "b");
    trigger.atOnce = false;
    JobHandle job = builder().build().runNow(KpiSelection.all());
    String key = JobRecord.key(job.traceId());
    jobs.values.computeIfPresent(
        key,
        (k, text) -> text.replaceFirst(
            "\"status\":\"pending\",\"completedAt\":null",
            "\"status\":\"completed\",\"value\":7,\"completedAt\":\"2025-08-14T12:00:00Z\""));
    trigger.held.remove().complete(OK);
    trigger.held.remove().complete(OK);
    executor.runAll();
    JobRecord record = stored(job.traceId());
    assertThat(record.kpis().get("a").status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(record.kpis().get("a").extras().fields()).containsKey("value");
    assertThat(record.kpis().get("a").httpStatus()).isEqualTo(200);
    assertThat(record.kpis().get("b").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void aRecordThatWasDeletedStaysDeleted() {
    register("a");
    trigger.atOnce = false;
    JobHandle job = builder().build().runNow(KpiSelection.all());
    jobs.values.remove(JobRecord.key(job.traceId()));
    trigger.held.remove().complete(OK);
    executor.runAll();
    assertThat(job.settled().toCompletableFuture()).isCompleted();
    assertThat(jobs.values).doesNotContainKey(JobRecord.key(job.traceId()));
  }

  @Test
  void closingWritesDownWhatIsKnownAndFiresNoMore() {
    register("a", "b");
    trigger.atOnce = false;
    SchedulerWorker worker = builder()
        .schedule(daily("0 12 * * *"))
        .executor(Runnable::run)
        .shutdownGrace(Duration.ZERO)
        .build();
    worker.start();
    JobHandle job = worker.runNow(KpiSelection.all());
    trigger.held.remove().complete(OK);
    close(worker);
    worker.close();
    assertThat(stored(job.traceId()).kpis().get("a").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(stored(job.traceId()).kpis().get("b").status()).isEqualTo(KpiStatus.PENDING);
    clock.advance(Duration.ofDays(1));
    assertThat(trigger.requests).hasSize(2);
    assertThatIllegalStateException().isThrownBy(() -> worker.runNow(KpiSelection.all()));
    assertThatIllegalStateException().isThrownBy(worker::start);
  }

  @Test
  void aListenerThatThrowsDisturbsNobody() {
    register("a");
    JobListener broken = new JobListener() {
      @Override
      public void jobCreated(JobRecord job) {
        throw new IllegalStateException("a test's listener fails on purpose");
      }
    };
    JobHandle job = SchedulerWorker.builder(config, jobs, trigger)
        .clock(clock)
        .executor(Runnable::run)
        .listener(broken)
        .listener(events)
        .build()
        .runNow(KpiSelection.all());
    assertThat(job.settled().toCompletableFuture()).isCompleted();
    assertThat(events.told).contains("created pending");
  }

  @Test
  void theSystemsDefaultsRunAJob() {
    register("a");
    try (SchedulerWorker worker = SchedulerWorker.builder(config, jobs, trigger).build()) {
      JobHandle job = worker.runNow(KpiSelection.all());
      assertThat(job.settled().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
      assertThat(job.traceId().value()).matches("trace_[0-9]{8}_[0-9]{6}_[a-z0-9]{8}");
    }
  }

  @Test
  void theRegistryMayComeFromElsewhere() {
    register("a");
    String text = config.values.remove(KpiRegistry.KEY);
    JobHandle job = builder()
        .registry(deadline -> java.util.Optional.of(text))
        .build()
        .runNow(KpiSelection.all());
    assertThat(job.kpiCount()).isEqualTo(1);
  }

  @Test
  void aMistakeInTheBuilderIsToldAtTheCallThatIsWrong() {
    SchedulerWorkerBuilder builder = builder();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.schedule(daily("0 25 * * *")));
    builder.schedule(daily("0 12 * * *"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.schedule(daily("0 13 * * *")))
        .withMessageContaining("daily");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.retention(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.storeTimeout(Duration.ofSeconds(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.shutdownGrace(Duration.ofSeconds(-1)));
  }

  @Test
  void aSchedulerStartsOnce() {
    SchedulerWorker worker = builder().build();
    worker.start();
    assertThatIllegalStateException().isThrownBy(worker::start);
  }
}
