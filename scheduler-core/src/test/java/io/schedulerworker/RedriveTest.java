package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.AuditLine;
import io.schedulerworker.model.Completion;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.testing.ManualExecutor;
import io.schedulerworker.testing.SimulatedClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** KPIs that are driven again in the job in which they failed. */
class RedriveTest extends WorkerTestBase {
  private static final CallbackSigner SIGNER =
      new CallbackSigner(URI.create("https://s.example"), "0123456789abcdef");
  private static final TriggerOutcome REFUSED = new TriggerOutcome.Refused("403 forbidden", 403);

  private final SchedulerWorker worker = started(builder());

  private static SchedulerWorker started(SchedulerWorkerBuilder builder) {
    SchedulerWorker worker = builder.callbacks(SIGNER).build();
    worker.start();
    return worker;
  }

  /** A job of which the KPIs named first failed and the others were triggered. */
  private TraceId job(int failed, String... ids) {
    register(ids);
    trigger.atOnce = false;
    TraceId traceId = worker.runNow(KpiSelection.all()).traceId();
    for (int i = 0; i < ids.length; i++) {
      trigger.held.remove().complete(i < failed ? REFUSED : OK);
    }
    pass(STEP);
    trigger.atOnce = true;
    trigger.requests.clear();
    return traceId;
  }

  private KpiRun run(TraceId traceId, String kpiId) {
    return stored(traceId).kpis().get(kpiId);
  }

  private static void assertRefused(
      ThrowingCallable call, JobRefusedException.Kind kind, String... words) {
    assertThatThrownBy(call).asInstanceOf(type(JobRefusedException.class)).satisfies(e -> {
      assertThat(e.kind()).isEqualTo(kind);
      assertThat(e.getMessage()).contains(words);
    });
  }

  @Test
  void allThatFailedAreDrivenAgainUnderKeysOfTheirOwn() {
    TraceId traceId = job(2, "a", "b", "c");
    JobHandle again = worker.retry(traceId, List.of(), "ops");
    pass(STEP);

    assertThat(again.traceId()).isEqualTo(traceId);
    assertThat(again.kpiCount()).isEqualTo(2);
    assertThat(trigger.requests)
        .extracting(request -> request.idempotencyKey().value())
        .containsExactly(traceId + ":a:1", traceId + ":b:1");
    assertThat(trigger.requests.get(0).payload())
        .endsWith(",\"callbackUrl\":\"" + SIGNER.of(traceId, "a", 1) + "\"}");
    KpiRun run = run(traceId, "a");
    assertThat(run.status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(run.redrives()).isEqualTo(1);
    assertThat(run.error()).isNull();
    assertThat(run(traceId, "c").redrives()).isZero();
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(stored(traceId).metadata().audit())
        .containsExactly(new AuditLine(
            clock.now().minus(STEP), AuditLine.Action.RETRY, "ops", 2, List.of("a", "b")));
    assertThat(jobs.values).doesNotContainKey(Lease.key(traceId));
    assertThat(again.settled().toCompletableFuture()).isCompleted();
  }

  /** As another program leaves it that wrote the record and died. */
  @Test
  void whatNobodyIsAtIsDrivenIfItIsNamed() {
    register("a", "b");
    TraceId traceId = new TraceId("trace_20261128_120000_abc12345");
    JobRecord left =
        JobRecord.pending(traceId, clock.now(), List.of("a", "b"), "production", Fire.manual());
    jobs.values.put(left.key(), JobRecordJson.write(left));
    assertRefused(
        () -> worker.retry(traceId, List.of(), "ops"),
        JobRefusedException.Kind.IMPOSSIBLE,
        "name those");

    worker.retry(traceId, List.of("a", "b"), "ops");
    pass(STEP);

    assertThat(trigger.requests)
        .extracting(request -> request.idempotencyKey().value())
        .containsExactly(traceId + ":a:1", traceId + ":b:1");
    assertThat(stored(traceId).kpis().values())
        .extracting(KpiRun::status)
        .containsOnly(KpiStatus.TRIGGERED);
  }

  @Test
  void aSecondTimeItIsTheSecondDrive() {
    TraceId traceId = job(1, "a");
    trigger.atOnce = false;
    worker.retry(traceId, List.of("a"), "ops");
    trigger.held.remove().complete(REFUSED);
    pass(STEP);
    trigger.atOnce = true;
    worker.retry(traceId, List.of(), "night shift");
    pass(STEP);

    assertThat(run(traceId, "a").redrives()).isEqualTo(2);
    assertThat(run(traceId, "a").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(trigger.requests.get(1).idempotencyKey()).hasToString(traceId + ":a:2");
    assertThat(stored(traceId).metadata().audit())
        .extracting(AuditLine::by)
        .containsExactly("ops", "night shift");
    assertThat(stored(traceId).metadata().epoch()).isEqualTo(3);
  }

  @Test
  void whatIsDoneTwiceInASecondIsTwoLinesInTheirOrder() {
    TraceId traceId = job(1, "a");
    trigger.atOnce = false;
    for (int i = 0; i < 2; i++) {
      worker.retry(traceId, List.of("a"), "ops");
      trigger.held.remove().complete(REFUSED);
      executor.runAll();
      clock.advance(Duration.ofMillis(300));
      executor.runAll();
    }

    assertThat(run(traceId, "a").redrives()).isEqualTo(2);
    assertThat(stored(traceId).metadata().audit()).hasSize(2);
  }

  @Test
  void reportsOfEarlierDrivesAreTurnedAwayAtOnceAtEveryProcess() {
    TraceId traceId = job(1, "a", "b");
    JobStore elsewhere = new JobStore(jobs, clock, Duration.ofSeconds(5));
    // From here on it knows the job by heart.
    assertThat(elsewhere.complete(traceId, "b", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.RECORDED);
    worker.retry(traceId, List.of("a"), "ops");

    assertThat(elsewhere.complete(traceId, "a", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.SUPERSEDED);
    assertThat(elsewhere.complete(traceId, "a", KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.RECORDED);
    pass(Duration.ofSeconds(40));
    assertThat(run(traceId, "a").status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(run(traceId, "a").redrives()).isEqualTo(1);
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void aJobThatIsCompletedHasNobodyToDriveAgain() {
    TraceId traceId = job(0, "a");
    worker.jobs().complete(traceId, "a", KpiStatus.COMPLETED, null);
    pass(Duration.ofSeconds(40));
    assertRefused(
        () -> worker.retry(traceId, List.of(), "ops"),
        JobRefusedException.Kind.IMPOSSIBLE,
        "all its KPIs are completed");
  }

  @Test
  void whoWasAcceptedIsDrivenAgainOnlyByName() {
    TraceId traceId = job(0, "a", "b");
    assertRefused(
        () -> worker.retry(traceId, List.of(), "ops"),
        JobRefusedException.Kind.IMPOSSIBLE,
        "no KPI of it failed or timed out");
    worker.retry(traceId, List.of("b"), "ops");
    pass(STEP);
    assertThat(trigger.requests).extracting(TriggerRequest::kpiId).containsExactly("b");
    assertThat(run(traceId, "b").redrives()).isEqualTo(1);
  }

  @Test
  void whatCannotBeIsRefusedWithNamesAndChangesNothing() {
    TraceId traceId = job(1, "a", "b", "c");
    worker.jobs().complete(traceId, "b", KpiStatus.COMPLETED, null);
    pass(Duration.ofSeconds(3));
    register("a", "b");
    String before = jobs.values.get(JobRecord.key(traceId));

    assertRefused(
        () -> worker.retry(traceId, List.of("a", "b", "c", "d"), "ops"),
        JobRefusedException.Kind.IMPOSSIBLE,
        "not in the job: \"d\"",
        "completed already: \"b\"",
        "no longer in the registry, or no longer active: \"c\"");
    assertRefused(
        () -> worker.retry(TraceId.ofManual(NOON, "zzzzzzzz"), List.of(), "ops"),
        JobRefusedException.Kind.UNKNOWN,
        "there is no job trace_20250814_120000_zzzzzzzz");
    config.values.remove(KpiRegistry.KEY);
    assertThatThrownBy(() -> worker.retry(traceId, List.of(), "ops"))
        .isInstanceOf(NoJobException.class);
    pass(STEP);
    assertThat(trigger.requests).isEmpty();
    assertThat(jobs.values.get(JobRecord.key(traceId))).isEqualTo(before);
    assertThat(jobs.values).doesNotContainKey(Lease.key(traceId));
  }

  @Test
  void aJobThatIsUnderWayIsNotDrivenAgain() {
    TraceId traceId = job(1, "a", "b");
    trigger.atOnce = false;
    worker.retry(traceId, List.of("a"), "ops");
    assertRefused(
        () -> worker.retry(traceId, List.of("b"), "ops"),
        JobRefusedException.Kind.UNDER_WAY,
        traceId + " is under way");
    assertRefused(
        () -> started(builder()).retry(traceId, List.of("b"), "ops"),
        JobRefusedException.Kind.UNDER_WAY,
        traceId + " is under way");
  }

  @Test
  void whoDiesInADriveIsGoneOnWithInTheSameDrive() {
    TraceId traceId = job(2, "a", "b");
    close(worker);
    SimulatedClock deadClock = new SimulatedClock(clock.now());
    ManualExecutor deadExecutor = new ManualExecutor();
    SchedulerWorker dying = builder().clock(deadClock).executor(deadExecutor).build();
    trigger.atOnce = false;
    dying.retry(traceId, List.of(), "ops");
    trigger.requests.clear();
    trigger.atOnce = true;
    started(builder());
    pass(Duration.ofSeconds(20));

    assertThat(trigger.requests)
        .extracting(request -> request.idempotencyKey().value())
        .containsExactly(traceId + ":a:1", traceId + ":b:1");
    assertThat(run(traceId, "a").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(run(traceId, "a").redrives()).isEqualTo(1);
  }

  @Test
  void aProgramThatWritesTheRecordBackAsItWasBeforeUndoesNoDrive() {
    TraceId traceId = job(1, "a", "b");
    String before = jobs.values.get(JobRecord.key(traceId));
    worker.retry(traceId, List.of(), "ops");
    pass(STEP);
    jobs.values.put(JobRecord.key(traceId), before);

    assertThat(worker.jobs().find(traceId).orElseThrow().kpis().get("a").redrives())
        .isEqualTo(1);
    assertThat(new JobStore(jobs, clock, Duration.ofSeconds(5))
            .complete(traceId, "a", 1, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.RECORDED);
    pass(Duration.ofSeconds(40));
    assertThat(run(traceId, "a").status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(stored(traceId).metadata().audit()).hasSize(1);
  }

  @Test
  void whatIsNotReportedInTimeIsDrivenAgainOnceIfSoSet() {
    close(worker);
    SchedulerWorker patient =
        started(builder().jobTimeout(Duration.ofMinutes(30)).retryUnfinished(true));
    register("a", "b");
    TraceId traceId = patient.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    patient.jobs().complete(traceId, "b", KpiStatus.COMPLETED, null);
    pass(Duration.ofMinutes(31));

    assertThat(trigger.requests).hasSize(3);
    assertThat(trigger.requests.get(2).idempotencyKey()).hasToString(traceId + ":a:1");
    assertThat(run(traceId, "a").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(stored(traceId).metadata().audit())
        .extracting(AuditLine::by)
        .containsExactly("retry_unfinished");

    pass(Duration.ofMinutes(31));
    assertThat(trigger.requests).hasSize(3);
    assertThat(run(traceId, "a").status()).isEqualTo(KpiStatus.TIMED_OUT);
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.PARTIAL);
  }

  @Test
  void whatCannotBeDrivenAgainTimesOut() {
    close(worker);
    SchedulerWorker patient =
        started(builder().jobTimeout(Duration.ofMinutes(30)).retryUnfinished(true));
    register("a");
    TraceId traceId = patient.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    register("other");
    pass(Duration.ofMinutes(31));
    assertThat(run(traceId, "a").status()).isEqualTo(KpiStatus.TIMED_OUT);
    assertThat(jobs.values).doesNotContainKey(Lease.key(traceId));
  }

  @Test
  void aRecordOfAnotherProgramCanBeDrivenAgain() {
    register("a");
    TraceId traceId = TraceId.ofManual(NOON, "seedseed");
    jobs.values.put(
        JobRecord.key(traceId),
        "{\"traceId\":\"" + traceId + "\",\"status\":\"failed\","
            + "\"createdAt\":\"2025-08-14T12:00:00Z\",\"updatedAt\":\"2025-08-14T12:00:00Z\","
            + "\"kpis\":{\"a\":{\"kpiId\":\"a\",\"status\":\"failed\",\"completedAt\":null,"
            + "\"error\":\"x\",\"retryCount\":0,\"redrives\":-3}},"
            + "\"metadata\":{\"totalKPIs\":1,\"completedKPIs\":0,\"failedKPIs\":1,"
            + "\"environment\":\"test\"}}");
    worker.retry(traceId, List.of(), "ops");
    pass(STEP);
    assertThat(run(traceId, "a").redrives()).isEqualTo(1);
    assertThat(worker.jobs().complete(traceId, "a", KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.RECORDED);
    assertThat(JobRecordJson.write(stored(traceId))).contains("\"audit\":[{\"at\":\"2025-08-14T");
  }
}
