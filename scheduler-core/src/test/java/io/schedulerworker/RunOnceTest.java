package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.RequestClaim;
import io.schedulerworker.model.RequestConflictException;
import io.schedulerworker.model.RequestUnderWayException;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.testing.ManualExecutor;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** A request for a job that may come more than once. */
class RunOnceTest extends WorkerTestBase {
  @Test
  void aRepeatedRequestIsToldOfTheSameJob() {
    register("a", "b");
    SchedulerWorker worker = builder().build();
    JobHandle first = worker.runOnce("request-1", KpiSelection.all());
    JobHandle again = worker.runOnce("request-1", KpiSelection.all());
    executor.runAll();

    assertThat(again.traceId()).isEqualTo(first.traceId());
    assertThat(again.kpiCount()).isEqualTo(2);
    assertThat(again.settled().toCompletableFuture().join()).isEqualTo(stored(first.traceId()));
    assertThat(trigger.requests).extracting(TriggerRequest::kpiId).containsExactly("a", "b");
  }

  @Test
  void afterTheJobIsSettledItsRecordIsTheAnswer() {
    register("a");
    SchedulerWorker worker = builder().build();
    JobHandle first = worker.runOnce("request-1", KpiSelection.all());
    executor.runAll();

    JobHandle again = builder().build().runOnce("request-1", KpiSelection.all());

    assertThat(again.settled().toCompletableFuture().join()).isEqualTo(stored(first.traceId()));
    assertThat(trigger.requests).hasSize(1);
  }

  @Test
  void whatIsNotJoinedIntoTheRecordYetIsInTheAnswerToo() {
    register("a");
    SchedulerWorker worker = builder().build();
    JobHandle first = worker.runOnce("request-1", KpiSelection.all());
    executor.runAll();
    worker.jobs().complete(first.traceId(), "a", KpiStatus.COMPLETED, null);

    JobHandle again = builder().build().runOnce("request-1", KpiSelection.all());

    assertThat(stored(first.traceId()).kpis().get("a").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(again.settled().toCompletableFuture().join().kpis().get("a").status())
        .isEqualTo(KpiStatus.COMPLETED);
  }

  @Test
  void theNameIsKeptForADayAndAsADigest() {
    register("a");
    builder().build().runOnce("request-1", KpiSelection.all());

    String key = RequestClaim.key("request-1");
    assertThat(key).matches("idempotency:[0-9a-f]{64}");
    assertThat(jobs.lives).containsEntry(key, Ttl.of(Duration.ofHours(24)));
  }

  @Test
  void anotherRequestOfTheSameNameIsAConflict() {
    register("a", "b");
    SchedulerWorker worker = builder().build();
    worker.runOnce("request-1", KpiSelection.ofIds(List.of("a", "b")));

    worker.runOnce("request-1", KpiSelection.ofIds(List.of("b", "a")));
    assertThatExceptionOfType(RequestConflictException.class)
        .isThrownBy(() -> worker.runOnce("request-1", KpiSelection.ofIds(List.of("a"))))
        .withMessageContaining("use a new key");
    assertThat(trigger.requests).hasSize(2);
  }

  @Test
  void aRequestThatMakesNoJobMayBeSentAgain() {
    register();
    SchedulerWorker worker = builder().build();
    assertThatExceptionOfType(NoJobException.class)
        .isThrownBy(() -> worker.runOnce("request-1", KpiSelection.all()));
    assertThat(jobs.values).isEmpty();

    register("a");
    worker.runOnce("request-1", KpiSelection.all());
    assertThat(trigger.requests).hasSize(1);
  }

  @Test
  void aClaimWhoseOwnerDiedBeforeTheJobWasMadeIsFinishedByTheNext() {
    register("a");
    SchedulerWorker worker = builder().build();
    jobs.before.add(() -> {});
    jobs.before.add(() -> {});
    jobs.failNext(Kind.UNAVAILABLE, 1);
    assertThatExceptionOfType(KvStoreException.class)
        .isThrownBy(() -> worker.runOnce("request-1", KpiSelection.all()));
    assertThat(jobs.values).containsOnlyKeys(RequestClaim.key("request-1"));

    JobHandle job = worker.runOnce("request-1", KpiSelection.all());

    assertThat(jobs.values).containsKey(JobRecord.key(job.traceId()));
    assertThat(trigger.requests).hasSize(1);
  }

  /** It had the lease, and nobody knew whom to call: the job that says so is not the answer to who asks again. */
  @Test
  void aClaimWhoseOwnerDiedOverItMakesWayForAnother() {
    register("a");
    suffixes.add("anew0000");
    suffixes.add("anew0001");
    SchedulerWorker dying = builder("another")
        .clock(new SimulatedClock(clock.now()))
        .executor(new ManualExecutor())
        .build();
    // The claim is looked for, the request claimed, the lease created; then comes the record.
    jobs.before.add(() -> {});
    jobs.before.add(() -> {});
    jobs.before.add(() -> {});
    jobs.before.add(() -> {
      throw new AssertionError("killed");
    });
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> dying.runOnce("request-1", KpiSelection.all()));
    SchedulerWorker worker = builder().build();
    worker.start();
    assertThatExceptionOfType(RequestUnderWayException.class)
        .isThrownBy(() -> worker.runOnce("request-1", KpiSelection.all()));
    pass(Duration.ofSeconds(40));

    JobHandle anew = worker.runOnce("request-1", KpiSelection.all());
    JobHandle again = worker.runOnce("request-1", KpiSelection.all());
    pass(STEP);

    assertThat(anew.kpiCount()).isEqualTo(1);
    assertThat(again.traceId()).isEqualTo(anew.traceId());
    assertThat(stored(anew.traceId()).kpis()).containsKey("a");
    assertThat(trigger.requests).extracting(TriggerRequest::kpiId).containsExactly("a");
    assertThatExceptionOfType(RequestConflictException.class)
        .isThrownBy(() -> worker.runOnce("request-1", KpiSelection.ofIds(List.of("a"))));
  }

  @Test
  void aJobWhoseRecordIsGoneIsNotMadeAgain() {
    register("a");
    SchedulerWorker worker = builder().build();
    JobHandle first = worker.runOnce("request-1", KpiSelection.all());
    pass(STEP);
    jobs.values.remove(JobRecord.key(first.traceId()));

    JobHandle again = worker.runOnce("request-1", KpiSelection.all());
    pass(STEP);

    assertThat(again.traceId()).isEqualTo(first.traceId());
    assertThat(again.kpiCount()).isEqualTo(1);
    assertThat(again.settled())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(JobRefusedException.class);
    assertThat(trigger.requests).hasSize(1);
  }

  /** It has looked for the claim before the other one made it. */
  @Test
  void aRequestThatComesUponAJobThatIsOverLeavesNoLease() {
    register("a");
    suffixes.add("other000");
    SchedulerWorker other = builder("other").build();
    List<JobHandle> first = new ArrayList<>();
    jobs.writing = key -> {
      jobs.writing = later -> {};
      first.add(other.runOnce("request-1", KpiSelection.all()));
      pass(STEP);
    };
    SchedulerWorker worker = builder().build();
    JobHandle job = worker.runOnce("request-1", KpiSelection.all());
    pass(STEP);

    assertThat(job.traceId()).isEqualTo(first.get(0).traceId());
    assertThat(jobs.values).doesNotContainKey(Lease.key(job.traceId()));
    assertThat(trigger.requests).hasSize(1);
  }

  /** As a second request of the same name comes upon it: neither is made twice, nor is anything said that is not yet so. */
  @Test
  void whoAsksWhileTheJobIsBeingMadeIsToldSo() {
    register("a");
    SchedulerWorker worker = builder().build();
    List<RuntimeException> met = new ArrayList<>();
    // The claim is looked for, the request claimed, the lease created; then comes the record.
    jobs.before.add(() -> {});
    jobs.before.add(() -> {});
    jobs.before.add(() -> {});
    jobs.before.add(() -> met.add(catchThrowableOfType(
        RuntimeException.class, () -> worker.runOnce("request-1", KpiSelection.all()))));
    JobHandle first = worker.runOnce("request-1", KpiSelection.all());

    assertThat(met)
        .singleElement()
        .isInstanceOf(RequestUnderWayException.class)
        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
        .hasMessageContaining(first.traceId() + " is being made");
    assertThat(worker.runOnce("request-1", KpiSelection.all()).traceId())
        .isEqualTo(first.traceId());
    assertThat(trigger.requests).hasSize(1);
  }
}
