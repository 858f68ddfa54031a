package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.json.LeaseJson;
import io.schedulerworker.json.StepJson;
import io.schedulerworker.model.AuditLine;
import io.schedulerworker.model.Completion;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.Step;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.RegistrySource;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.Version;
import io.schedulerworker.testing.ManualExecutor;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What can come between the writes of a drive: reports, timeouts, other processes and programs, failures. */
class RedriveRacesTest extends WorkerTestBase {
  private static final TriggerOutcome REFUSED = new TriggerOutcome.Refused("403 forbidden", 403);
  private static final Duration TIMEOUT = Duration.ofMinutes(30);

  private final List<String> ended = new ArrayList<>();

  private SchedulerWorker started(SchedulerWorkerBuilder builder) {
    SchedulerWorker worker = builder
        .listener(new JobListener() {
          @Override
          public void jobEnded(JobRecord job) {
            ended.add(job.status().text());
          }
        })
        .build();
    worker.start();
    return worker;
  }

  private KpiRun run(TraceId traceId, String kpiId) {
    return stored(traceId).kpis().get(kpiId);
  }

  /** A job of which the KPIs named first failed and the others were triggered. */
  private TraceId job(SchedulerWorker worker, int failed, String... ids) {
    register(ids);
    trigger.atOnce = false;
    TraceId traceId = worker.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    for (int i = 0; i < ids.length; i++) {
      trigger.held.remove().complete(i < failed ? REFUSED : OK);
    }
    pass(STEP);
    trigger.atOnce = true;
    trigger.requests.clear();
    return traceId;
  }

  private JobStore elsewhere() {
    return new JobStore(jobs, clock, Duration.ofSeconds(5));
  }

  /** Before the first write of a key something happens. */
  private BooleanSupplier beforeWriting(String beginsWith, Runnable what) {
    AtomicBoolean happened = new AtomicBoolean();
    jobs.writing = key -> {
      if (key.startsWith(beginsWith) && happened.compareAndSet(false, true)) {
        what.run();
      }
    };
    return happened::get;
  }

  private static void away() {
    throw new KvStoreException(KvStoreException.Kind.UNAVAILABLE, "away", null);
  }

  @Test
  void aDriveTimesOutAlsoAfterAnOldStateWasWrittenBack() {
    SchedulerWorker worker = started(builder().jobTimeout(TIMEOUT));
    TraceId id = job(worker, 0, "a", "b");
    pass(TIMEOUT.plusMinutes(1));
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.TIMED_OUT);
    String before = jobs.values.get(JobRecord.key(id));
    worker.retry(id, List.of("a"), "ops");
    pass(STEP);
    jobs.values.put(JobRecord.key(id), before);
    pass(TIMEOUT.plusMinutes(2));
    assertThat(run(id, "a").redrives()).isEqualTo(1);
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.TIMED_OUT);
  }

  @Test
  void whoeverTakesReportsSeesTheDriveAlsoAfterAnOldStateWasWrittenBack() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 1, "a", "b");
    String before = jobs.values.get(JobRecord.key(id));
    worker.retry(id, List.of("a"), "ops");
    pass(STEP);
    jobs.values.put(JobRecord.key(id), before);
    assertThat(elsewhere().complete(id, "a", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.SUPERSEDED);
    assertThat(elsewhere().complete(id, "a", KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.RECORDED);
    pass(Duration.ofSeconds(60));
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.COMPLETED);
  }

  @Test
  void whoLosesTheRaceToDriveAgainDoesNotTimeOut() {
    SchedulerWorker worker = started(builder().jobTimeout(TIMEOUT).retryUnfinished(true));
    TraceId id = job(worker, 0, "a", "b");
    BooleanSupplier raced = beforeWriting(
        Lease.key(id),
        () -> jobs.values.put(
            Lease.key(id),
            LeaseJson.write(Lease.again(
                "other", 2, 1, Duration.ofMinutes(5), Delivery.AT_LEAST_ONCE, Fire.manual()))));
    pass(TIMEOUT.plusMinutes(1));
    assertThat(raced.getAsBoolean()).isTrue();
    assertThat(ended).isEmpty();
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void whatADriveThatFailedLeftBehindDecidesNothing() {
    RegistrySource registry = deadline -> Optional.ofNullable(config.values.get(KpiRegistry.KEY));
    SchedulerWorker worker = started(builder().registry(registry));
    TraceId id = job(worker, 2, "a", "b", "c");
    beforeWriting(JobRecord.key(id), RedriveRacesTest::away);
    assertThatThrownBy(() -> worker.retry(id, List.of("a"), "ops"))
        .isInstanceOf(KvStoreException.class);
    pass(STEP);
    assertThat(jobs.values).doesNotContainKeys(Lease.key(id), "redriven:" + id);
    assertThat(worker.retry(id, List.of(), "ops").kpiCount()).isEqualTo(2);
  }

  @Test
  void whereToCallIsReadFromTheRegistryAsItIsNow() {
    RegistrySource registry = deadline -> Optional.ofNullable(config.values.get(KpiRegistry.KEY));
    SimulatedClock deadClock = new SimulatedClock(clock.now());
    ManualExecutor deadExecutor = new ManualExecutor();
    SchedulerWorker dying =
        builder().registry(registry).clock(deadClock).executor(deadExecutor).build();
    register("a", "b");
    trigger.atOnce = false;
    TraceId id = dying.runNow(KpiSelection.all()).traceId();
    trigger.held.remove().complete(REFUSED);
    trigger.held.remove().complete(OK);
    deadClock.advance(Duration.ofMillis(150));
    deadExecutor.runAll();
    SchedulerWorker worker = started(builder().registry(registry));
    pass(Duration.ofSeconds(40));
    config.values.computeIfPresent(
        KpiRegistry.KEY, (key, text) -> text.replace("webhook/a", "webhook/new"));
    trigger.atOnce = true;
    trigger.requests.clear();
    worker.retry(id, List.of(), "ops");
    pass(STEP);
    assertThat(trigger.requests.get(0).webhook()).hasToString("http://n8n/webhook/new");
  }

  @Test
  void whatWasCancelledIsNotDrivenAgainByItself() {
    SchedulerWorker worker = started(builder()
        .jobTimeout(TIMEOUT)
        .retryUnfinished(true)
        .dispatch(DispatchPolicy.builder().maxInFlightPerHost(1).build()));
    register("a", "b");
    trigger.atOnce = false;
    TraceId id = worker.runNow(KpiSelection.all()).traceId();
    executor.runAll();
    worker.jobs().cancel(id, "ops");
    trigger.held.remove().complete(OK);
    pass(STEP);
    trigger.requests.clear();
    pass(TIMEOUT.plusMinutes(1));
    assertThat(trigger.requests).isEmpty();
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.TIMED_OUT);
  }

  @Test
  void anIntentOfTheFirstDriveSaysNothingOfTheSecond() {
    SchedulerWorker worker = started(builder().delivery(Delivery.AT_MOST_ONCE));
    TraceId id = job(worker, 1, "a", "b");
    String before = jobs.values.get(JobRecord.key(id));
    close(worker);
    SchedulerWorker dying = builder()
        .delivery(Delivery.AT_MOST_ONCE)
        .clock(new SimulatedClock(clock.now()))
        .executor(new ManualExecutor())
        .build();
    dying.retry(id, List.of("a"), "ops");
    assertThat(trigger.requests).isEmpty();
    jobs.values.put(JobRecord.key(id), before);
    started(builder().delivery(Delivery.AT_MOST_ONCE));
    pass(Duration.ofSeconds(40));
    assertThat(trigger.requests).hasSize(1);
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void anEndThatIsAcknowledgedBeforeTheLookIsSeen() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 0, "a", "b");
    beforeWriting(
        "redriven:",
        () -> assertThat(elsewhere().complete(id, "a", 0, KpiStatus.COMPLETED, null))
            .isEqualTo(Completion.RECORDED));
    assertThatThrownBy(() -> worker.retry(id, List.of("a"), "ops"))
        .isInstanceOf(JobRefusedException.class)
        .hasMessageContaining("completed already: \"a\"");
    pass(STEP);
    assertThat(trigger.requests).isEmpty();
  }

  @Test
  void anEndThatIsAcknowledgedBetweenTheLookAndTheRecordIsThatOfTheDrive() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 0, "a", "b");
    beforeWriting(
        JobRecord.key(id),
        () -> assertThat(elsewhere().complete(id, "a", 0, KpiStatus.COMPLETED, null))
            .isEqualTo(Completion.RECORDED));
    worker.retry(id, List.of("a", "b"), "ops");
    pass(Duration.ofSeconds(60));
    assertThat(trigger.requests).extracting(request -> request.kpiId()).containsExactly("b");
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(run(id, "a").redrives()).isEqualTo(1);
    assertThat(jobs.values).doesNotContainKey(Lease.key(id));
    assertThat(elsewhere().complete(id, "a", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.REPEATED);
    assertThat(elsewhere().complete(id, "a", 0, KpiStatus.FAILED, "no"))
        .isEqualTo(Completion.CONFLICT);
  }

  @Test
  void aNoteThatIsRemovedLateIsNotThatOfALaterDrive() {
    SchedulerWorker worker = started(builder().jobTimeout(TIMEOUT));
    TraceId id = job(worker, 0, "a");
    Version first = new Version(jobs.values.get("waiting:" + id));
    pass(TIMEOUT.plusMinutes(1));
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.TIMED_OUT);
    worker.retry(id, List.of(), "ops");
    pass(STEP);
    assertThat(jobs.deleteIfUnchanged(
            "waiting:" + id, first, Deadline.in(Duration.ofSeconds(1), clock)))
        .isFalse();
    pass(TIMEOUT.plusMinutes(1));
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.TIMED_OUT);
    assertThat(ended).containsExactly("timed_out", "timed_out");
  }

  @Test
  void linesOfAuditOfALaterVersionStayBesideOurs() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 1, "a", "b");
    String theirs =
        "{\"at\":\"2025-08-14T12:00:00Z\",\"action\":\"skip\",\"by\":\"x\",\"kpiCount\":0,\"kpiIds\":[]}";
    jobs.values.computeIfPresent(
        JobRecord.key(id),
        (key, text) -> text.replace("\"format\":1", "\"format\":1,\"audit\":[" + theirs + "]"));
    worker.retry(id, List.of("a"), "ops");
    pass(STEP);
    worker.retry(id, List.of("b"), "ops");
    pass(STEP);
    String written = jobs.values.get(JobRecord.key(id));
    assertThat(written.split("\"audit\"", -1)).hasSize(2);
    assertThat(written).contains("\"audit\":[" + theirs + ",{");
    assertThat(stored(id).metadata().audit()).hasSize(2);
  }

  @Test
  void whatIsCutOffOfALongAuditIsTheSameForAll() {
    register("a");
    SchedulerWorker worker = builder().build();
    TraceId id = worker.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    List<AuditLine> lines = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      lines.add(
          AuditLine.of(clock.now().plusSeconds(i / 2), AuditLine.Action.RETRY, "n" + i, List.of()));
    }
    JobRecord once = stored(id).withAudit(lines);
    assertThat(once.withAudit(lines)).isEqualTo(once);
    assertThat(once.metadata().audit()).hasSize(100);
  }

  /** It was on its way to the store when the drive began, and came there when the drive had looked for it already. */
  @Test
  void aCompletionThatADriveHasNotSeenCountsForIt() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 0, "a", "b");
    JobStore elsewhere = elsewhere();
    assertThat(elsewhere.complete(id, "b", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.RECORDED);
    BooleanSupplier raced =
        beforeWriting(Step.completionKey(id, "a", 0), () -> worker.retry(id, List.of("a"), "ops"));
    assertThat(elsewhere.complete(id, "a", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.RECORDED);
    assertThat(elsewhere.complete(id, "a", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.REPEATED);
    pass(Duration.ofSeconds(60));
    assertThat(raced.getAsBoolean()).isTrue();
    assertThat(run(id, "a").redrives()).isEqualTo(1);
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(elsewhere.complete(id, "a", 1, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.REPEATED);
  }

  @Test
  void aFailureThatADriveHasNotSeenIsTurnedAway() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 0, "a", "b");
    JobStore elsewhere = elsewhere();
    elsewhere.complete(id, "b", 0, KpiStatus.COMPLETED, null);
    beforeWriting(Step.completionKey(id, "a", 0), () -> worker.retry(id, List.of("a"), "ops"));
    assertThat(elsewhere.complete(id, "a", 0, KpiStatus.FAILED, "no"))
        .isEqualTo(Completion.SUPERSEDED);
    pass(Duration.ofSeconds(60));
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  /** Whoever took a repeat of the report has carried it over just before the drive would. */
  @Test
  void whatAnotherCarriedOverIsNotCalledAgain() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 0, "a", "b");
    String key = Step.completionKey(id, "a", 0);
    beforeWriting(JobRecord.key(id), () -> {
      elsewhere().complete(id, "a", 0, KpiStatus.COMPLETED, null);
      beforeWriting(key, () -> jobs.values.put(key, completion("a", 1)));
    });
    worker.retry(id, List.of("a"), "ops");
    pass(Duration.ofSeconds(60));
    assertThat(trigger.requests).isEmpty();
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.COMPLETED);
  }

  @Test
  void theRepeatOfAnAcknowledgedReportIsAcknowledgedWhileTheDriveBegins() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 0, "a", "b");
    List<Completion> told = new ArrayList<>();
    Runnable report = () -> told.add(elsewhere().complete(id, "a", 0, KpiStatus.COMPLETED, null));
    beforeWriting(JobRecord.key(id), () -> {
      report.run();
      beforeWriting(Step.completionKey(id, "a", 0), report);
    });
    worker.retry(id, List.of("a"), "ops");
    pass(Duration.ofSeconds(60));
    assertThat(told).containsExactly(Completion.RECORDED, Completion.REPEATED);
    assertThat(trigger.requests).isEmpty();
  }

  @Test
  void whatAnotherProgramCompletesBetweenTheLookAndTheRecordIsNotDrivenAgain() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 2, "a", "b");
    BooleanSupplier raced = beforeWriting(
        JobRecord.key(id),
        () -> jobs.values.computeIfPresent(
            JobRecord.key(id),
            (key, text) -> text.replaceFirst(
                    "\"kpiId\":\"a\",\"status\":\"failed\"",
                    "\"kpiId\":\"a\",\"status\":\"completed\"")
                .replaceFirst("\"settledBy\":\"dispatch\"", "\"theirs\":1")));
    assertThat(worker.retry(id, List.of(), "ops").kpiCount()).isEqualTo(1);
    pass(Duration.ofSeconds(60));
    assertThat(raced.getAsBoolean()).isTrue();
    assertThat(trigger.requests).extracting(request -> request.kpiId()).containsExactly("b");
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(run(id, "a").redrives()).isZero();
  }

  /** It slept over its lease, and is refused when another one has begun. */
  @Test
  void aDriveThatIsRefusedLeavesTheMarkOfAnother() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 2, "a", "b");
    JobStore taking = elsewhere();
    assertThat(taking.complete(id, "c", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.UNKNOWN);
    String mark = "redriven:" + id;
    Runnable another = () -> {
      jobs.writing = key -> {};
      jobs.values.remove(Lease.key(id));
      builder("another").build().retry(id, List.of("b"), "ops");
    };
    beforeWriting(mark, () -> {
      elsewhere().complete(id, "a", 0, KpiStatus.COMPLETED, null);
      beforeWriting(mark, another);
    });
    assertThatThrownBy(() -> worker.retry(id, List.of("a"), "ops"))
        .isInstanceOf(JobRefusedException.class);
    assertThat(jobs.values.get(mark)).startsWith("2 another:");
    assertThat(taking.complete(id, "b", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.SUPERSEDED);
  }

  @Test
  void aDriveThatBreaksOverItsRecordDoesNotKeepTheJob() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 2, "a", "b");
    beforeWriting(JobRecord.key(id), () -> {
      throw new AssertionError("no memory");
    });
    assertThatThrownBy(() -> worker.retry(id, List.of("a"), "ops"))
        .isInstanceOf(AssertionError.class);
    pass(Duration.ofSeconds(60));
    assertThat(jobs.values).doesNotContainKey(Lease.key(id));
    assertThat(worker.retry(id, List.of("a"), "ops").kpiCount()).isEqualTo(1);
  }

  @Test
  void anEndThatIsAcknowledgedCountsAlsoIfTheDriveDiesBeforeItHasLooked() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 0, "a", "b");
    beforeWriting(JobRecord.key(id), () -> {
      elsewhere().complete(id, "a", 0, KpiStatus.COMPLETED, null);
      beforeWriting(Step.completionKey(id, "a", 0), RedriveRacesTest::away);
    });
    assertThatThrownBy(() -> worker.retry(id, List.of("a"), "ops"))
        .isInstanceOf(KvStoreException.class);
    pass(Duration.ofSeconds(60));
    assertThat(trigger.requests).isEmpty();
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(run(id, "a").redrives()).isEqualTo(1);
  }

  private String completion(String kpiId, int drive) {
    KpiRun end = KpiRun.pending(kpiId).reported(clock.now(), KpiStatus.COMPLETED, null);
    return StepJson.write(new Step(Step.OF_ANYBODY, List.of(end.ofDrive(drive)), List.of()));
  }

  /** Whoever took it died before it could be taken back. */
  @Test
  void aRepeatThatIsAcknowledgedCounts() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 0, "a", "b");
    JobStore elsewhere = elsewhere();
    elsewhere.complete(id, "b", 0, KpiStatus.COMPLETED, null);
    String key = Step.completionKey(id, "a", 0);
    beforeWriting(key, () -> {
      worker.retry(id, List.of("a"), "ops");
      jobs.values.put(key, completion("a", 0));
    });
    assertThat(elsewhere.complete(id, "a", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.REPEATED);
    pass(Duration.ofSeconds(60));
    assertThat(run(id, "a").status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(run(id, "a").redrives()).isEqualTo(1);
  }

  @Test
  void aRepeatOfAFailureIsTurnedAwayLikeTheReport() {
    SchedulerWorker worker = started(builder());
    TraceId id = job(worker, 0, "a", "b");
    JobStore elsewhere = elsewhere();
    elsewhere.complete(id, "b", 0, KpiStatus.COMPLETED, null);
    String key = Step.completionKey(id, "a", 0);
    KpiRun failure = KpiRun.pending("a").reported(clock.now(), KpiStatus.FAILED, "no");
    beforeWriting(key, () -> {
      worker.retry(id, List.of("a"), "ops");
      jobs.values.put(key, StepJson.write(new Step(Step.OF_ANYBODY, List.of(failure), List.of())));
    });
    assertThat(elsewhere.complete(id, "a", 0, KpiStatus.FAILED, "no"))
        .isEqualTo(Completion.SUPERSEDED);
  }
}
