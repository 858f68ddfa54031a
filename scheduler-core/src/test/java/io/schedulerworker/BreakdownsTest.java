package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.json.LeaseJson;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.Step;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.testing.ManualExecutor;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What cannot be stored, read or even thought of must not leave a schedule, a job or a lease standing still. */
class BreakdownsTest extends WorkerTestBase {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final TraceId JOB = new TraceId("trace_20250814_115830_aaaaaaaa");

  /** What a JVM throws that has no memory left. */
  private static final class Broken extends VirtualMachineError {
    private static final long serialVersionUID = 1L;
  }

  private List<String> called() {
    return trigger.requests.stream().map(TriggerRequest::kpiId).toList();
  }

  private static DispatchPolicy oneAtATime() {
    return DispatchPolicy.builder().maxInFlightPerHost(1).build();
  }

  @Test
  void nobodyIsCalledAnyMoreOnceOutcomesCannotBeStored() {
    register("a", "b", "c");
    trigger.atOnce = false;
    JobHandle job = builder()
        .storePatience(Duration.ZERO)
        .dispatch(oneAtATime())
        .build()
        .runNow(KpiSelection.all());
    executor.runAll();
    jobs.failNext(Kind.UNAVAILABLE, 1);

    trigger.held.remove().complete(OK);
    pass(Duration.ofSeconds(1));
    trigger.held.remove().complete(OK);
    pass(Duration.ofSeconds(1));

    assertThat(called()).containsExactly("a", "b");
    assertThat(job.settled().toCompletableFuture()).isCompletedExceptionally();
    assertThat(events.told).contains("not stored: the store is away");
  }

  @Test
  void aStoreThatRejectsMayBeMendedMeanwhile() {
    register("a");
    trigger.atOnce = false;
    JobHandle job = builder().build().runNow(KpiSelection.all());
    executor.runAll();
    jobs.failNext(Kind.REJECTED, 2);
    trigger.held.remove().complete(OK);

    pass(Duration.ofSeconds(10));

    assertThat(stored(job.traceId()).kpis().get("a").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(events.told).doesNotContain("not stored: the store is away");
  }

  @Test
  void anErrorInAnyCallOfTheStoreCostsNoMoreThanThatCall() {
    for (int at = 0; at < 40; at++) {
      BreakdownsTest test = new BreakdownsTest();
      test.anErrorAt(at);
    }
  }

  private void anErrorAt(int call) {
    register("a", "b");
    builder().schedule(daily("* * * * *")).build().start();
    for (int i = 0; i < call; i++) {
      jobs.before.add(() -> {});
    }
    jobs.before.add(() -> {
      throw new Broken();
    });

    pass(Duration.ofSeconds(140));

    assertThat(jobs.before).isEmpty();
    assertThat(called()).as("error at call %d", call).contains("a", "b").hasSizeBetween(4, 6);
    assertThat(jobs.values.keySet()).noneMatch(key -> key.startsWith(Lease.KEY_PREFIX));
    assertThat(jobs.values.keySet().stream().filter(key -> key.startsWith(JobRecord.KEY_PREFIX)))
        .hasSize(2)
        .allMatch(key -> stored(new TraceId(key.substring(JobRecord.KEY_PREFIX.length())))
            .pendingIds()
            .isEmpty());
  }

  @Test
  void aTriggerThatBreaksFailsItsKpi() {
    register("a");
    JobHandle job = SchedulerWorker.builder(config, jobs, new BreakingTrigger())
        .clock(clock)
        .executor(executor)
        .build()
        .runNow(KpiSelection.all());

    executor.runAll();

    assertThat(stored(job.traceId()).kpis().get("a").error()).contains("the trigger broke");
  }

  /** Throws what no adapter should. */
  private static final class BreakingTrigger implements WorkflowTrigger {
    @Override
    public CompletionStage<TriggerOutcome> trigger(TriggerRequest request) {
      throw new Broken();
    }

    @Override
    public void close() {}
  }

  @Test
  void halfACharacterInARecordIsWrittenBackAsItWas() {
    register("a", "b");
    trigger.atOnce = false;
    JobHandle job = builder().build().runNow(KpiSelection.all());
    executor.runAll();
    jobs.values.computeIfPresent(
        JobRecord.key(job.traceId()),
        (key, text) -> text.replaceFirst(
            "\"status\":\"pending\",\"completedAt\":null,\"error\":null",
            "\"status\":\"failed\",\"completedAt\":\"2025-08-14T12:00:00Z\",\"error\":\"cut \\\\ud83d\""));
    trigger.held.remove().complete(OK);
    trigger.held.remove().complete(OK);

    pass(Duration.ofSeconds(1));

    assertThat(jobs.values.get(JobRecord.key(job.traceId()))).contains("cut \\ud83d");
    assertThat(stored(job.traceId()).kpis().get("b").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void halfACharacterInAReportIsStored() {
    register("a");
    SchedulerWorker worker = builder().build();
    JobHandle job = worker.runNow(KpiSelection.all());

    worker.jobs().complete(job.traceId(), "a", KpiStatus.FAILED, "cut \ud83d");
    executor.runAll();

    JobRecord seen = worker.jobs().find(job.traceId()).orElseThrow();
    assertThat(seen.kpis().get("a").status()).isEqualTo(KpiStatus.FAILED);
    assertThat(JobRecordJson.write(seen)).contains("cut \\ud83d");
  }

  @Test
  void whatIsNoStepDoesNotHoldUpItsJob() {
    register("a");
    jobOfTheDead();
    jobs.values.put(Step.key(JOB, 1, 7), "half a st");
    trigger.atOnce = true;
    builder().build().start();

    pass(LEASE.plusSeconds(5));

    assertThat(stored(JOB).pendingIds()).isEmpty();
  }

  /** A job whose process wrote its record and died. */
  private void jobOfTheDead() {
    trigger.atOnce = false;
    Dead dead = new Dead();
    builder().clock(dead.clock).executor(dead.executor).build().runNow(KpiSelection.all());
  }

  /** Of a process whose time stands still. */
  private static final class Dead {
    final SimulatedClock clock = new SimulatedClock(NOON.minusSeconds(90));
    final ManualExecutor executor = new ManualExecutor();
  }

  @Test
  void aRecordThatIsNoneIsWaitedForAndThenGivenUp() {
    register("a");
    jobOfTheDead();
    jobs.values.put(JobRecord.key(JOB), "half a rec");
    builder().build().start();

    pass(LEASE.plus(Duration.ofMinutes(9)));
    assertThat(jobs.values).containsKey(Lease.key(JOB));
    pass(Duration.ofMinutes(2));

    assertThat(jobs.values).doesNotContainKey(Lease.key(JOB));
    assertThat(events.told).last().asString().startsWith("not stored: ");
  }

  @Test
  void aRecordThatCannotBeMadeIsFirstTriedAndThenGivenUp() {
    register("a");
    Fire fire = new Fire(DAILY, "0 12 * * *", NOON);
    jobs.refuses = value -> value.contains("\"kpis\":{\"a\"");
    builder().schedule(daily("0 12 * * *")).build().start();

    pass(Duration.ofMinutes(15));

    JobRecord record = stored(fire.traceId(0));
    assertThat(record.status()).isEqualTo(JobStatus.FAILED);
    assertThat(record.metadata().error()).contains("could not be gone on with");
    assertThat(jobs.values).doesNotContainKey(Lease.key(fire.traceId(0)));
  }

  @Test
  void aManualJobThatCannotBeMadeLeavesNothingBehind() {
    register("a");
    jobs.refuses = value -> value.contains("\"kpis\":{\"a\"");
    SchedulerWorker worker = builder().build();

    assertThatIllegalArgumentException().isThrownBy(() -> worker.runNow(KpiSelection.all()));
    executor.runAll();

    assertThat(jobs.values).isEmpty();
  }

  @Test
  void aJobThatIsBeingMadeWhenTheSchedulerStopsIsHandedOver() {
    register("a");
    trigger.atOnce = false;
    SchedulerWorker worker = builder().build();
    List<CompletableFuture<Void>> stops = new ArrayList<>();
    // The first call writes the lease, the second the record.
    jobs.before.add(() -> {});
    jobs.before.add(() -> stops.add(worker.stop().toCompletableFuture()));

    worker.runNow(KpiSelection.all());
    assertThat(stops.get(0)).isNotDone();
    executor.runAll();

    assertThat(stops.get(0)).isCompleted();
    assertThat(called()).isEmpty();
    assertThat(lease().handedOver()).isTrue();
  }

  @Test
  void noJobBeginsBehindAStop() {
    register("a");
    SchedulerWorker worker = builder().build();
    config.before.add(worker::stop);

    Throwable refused = catchThrowable(() -> worker.runNow(KpiSelection.all()));

    assertThat(refused).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    assertThat(jobs.values).isEmpty();
  }

  @Test
  void aJobThatCannotBeGoneOnWithIsHandedOverAtAStop() {
    register("a");
    jobOfTheDead();
    config.values.remove(KpiRegistry.KEY);
    SchedulerWorker worker = builder().build();
    worker.start();
    pass(LEASE.plusSeconds(5));

    CompletionStage<Void> stop = worker.stop();
    executor.runAll();

    assertThat(stop.toCompletableFuture()).isCompleted();
    assertThat(lease().handedOver()).isTrue();
  }

  @Test
  void aStopDuringARenewalHandsOverWhatTheRenewalLeft() {
    register("a");
    trigger.atOnce = false;
    SchedulerWorker worker = builder().shutdownGrace(Duration.ZERO).build();
    worker.runNow(KpiSelection.all());
    executor.runAll();
    jobs.before.add(() -> worker.stop());

    pass(Duration.ofSeconds(6));

    assertThat(lease().handedOver()).isTrue();
    assertThat(lease().sequence()).isEqualTo(3);
  }

  @Test
  void anOutcomeThatComesDuringTheLastWriteIsWrittenToo() {
    register("a");
    trigger.atOnce = false;
    SchedulerWorker worker = builder().shutdownGrace(Duration.ZERO).build();
    worker.runNow(KpiSelection.all());
    executor.runAll();
    worker.stop();
    jobs.before.add(() -> trigger.held.remove().complete(OK));

    executor.runAll();

    assertThat(stored(JOB).kpis().get("a").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(jobs.values).doesNotContainKey(Lease.key(JOB));
  }

  @Test
  void aKpiThatReportedItsEndIsNeitherCalledAgainNorHandedOver() {
    register("a");
    trigger.atOnce = false;
    SchedulerWorker worker = builder().build();
    JobHandle job = worker.runNow(KpiSelection.all());
    executor.runAll();
    worker.jobs().complete(JOB, "a", KpiStatus.COMPLETED, null);
    trigger.held.remove().complete(new NotNow(Obstacle.UNREACHABLE, "refused", null, null));

    pass(Duration.ofSeconds(30));

    assertThat(called()).containsExactly("a");
    assertThat(job.settled().toCompletableFuture()).isCompleted();
    assertThat(stored(JOB).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(jobs.values).doesNotContainKey(Lease.key(JOB));
  }

  private Lease lease() {
    return LeaseJson.read(jobs.values.get(Lease.key(JOB)));
  }
}
