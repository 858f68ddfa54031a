package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.json.LeaseJson;
import io.schedulerworker.model.AuditLine;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.SettledBy;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.testing.ManualExecutor;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs of which nobody is to be called any more. */
class CancelTest extends WorkerTestBase {
  private SchedulerWorkerBuilder oneAtATime() {
    return builder().dispatch(DispatchPolicy.builder().maxInFlightPerHost(1).build());
  }

  private TraceId jobOf(SchedulerWorker worker) {
    register("a", "b", "c");
    trigger.atOnce = false;
    TraceId traceId = worker.runNow(KpiSelection.all()).traceId();
    executor.runAll();
    return traceId;
  }

  private KpiRun run(TraceId traceId, String kpiId) {
    return stored(traceId).kpis().get(kpiId);
  }

  @Test
  void whoHasNotBeenCalledFailsAndACallInFlightGoesOn() {
    SchedulerWorker worker = oneAtATime().build();
    TraceId traceId = jobOf(worker);
    worker.jobs().cancel(traceId, "ops");
    pass(STEP);
    assertThat(trigger.requests).hasSize(1);
    trigger.held.remove().complete(OK);
    pass(STEP);

    assertThat(trigger.requests).hasSize(1);
    assertThat(run(traceId, "a").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(run(traceId, "b").status()).isEqualTo(KpiStatus.FAILED);
    assertThat(run(traceId, "b").error()).isEqualTo("cancelled");
    assertThat(run(traceId, "b").settledBy()).isEqualTo(SettledBy.DISPATCH);
    assertThat(stored(traceId).metadata().audit())
        .containsExactly(new AuditLine(
            clock.now().minus(STEP), AuditLine.Action.CANCEL, "ops", 2, List.of("b", "c")));
    assertThat(jobs.values).doesNotContainKey(Lease.key(traceId));

    worker.jobs().complete(traceId, "a", KpiStatus.COMPLETED, null);
    worker.start();
    pass(Duration.ofSeconds(40));
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.PARTIAL);
  }

  @Test
  void anotherProcessIsAskedThroughTheLease() {
    SchedulerWorker worker = oneAtATime().build();
    TraceId traceId = jobOf(worker);
    new JobStore(jobs, clock, Duration.ofSeconds(5)).cancel(traceId, "night shift");
    new JobStore(jobs, clock, Duration.ofSeconds(5)).cancel(traceId, "somebody else");
    pass(Duration.ofSeconds(6));
    trigger.held.remove().complete(OK);
    pass(STEP);

    assertThat(trigger.requests).hasSize(1);
    assertThat(run(traceId, "c").error()).isEqualTo("cancelled");
    assertThat(stored(traceId).metadata().audit())
        .extracting(AuditLine::by)
        .containsExactly("night shift");
  }

  @Test
  void whoTakesACancelledJobOverCallsNobody() {
    SimulatedClock deadClock = new SimulatedClock(clock.now());
    ManualExecutor deadExecutor = new ManualExecutor();
    SchedulerWorker dying = oneAtATime().clock(deadClock).executor(deadExecutor).build();
    TraceId traceId = jobOf(dying);
    new JobStore(jobs, clock, Duration.ofSeconds(5)).cancel(traceId, "ops");
    assertThat(LeaseJson.read(jobs.values.get(Lease.key(traceId))).cancelledBy())
        .isEqualTo("ops");
    trigger.requests.clear();
    trigger.atOnce = true;
    builder().build().start();
    pass(Duration.ofSeconds(25));

    assertThat(trigger.requests).isEmpty();
    assertThat(stored(traceId).kpis().values())
        .allMatch(run -> run.status() == KpiStatus.FAILED)
        .allMatch(run -> "cancelled".equals(run.error()));
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.FAILED);
    assertThat(jobs.values).doesNotContainKey(Lease.key(traceId));
  }

  @Test
  void aCancelledJobCanBeDrivenAgain() {
    SchedulerWorker worker = oneAtATime().build();
    TraceId traceId = jobOf(worker);
    worker.jobs().cancel(traceId, "ops");
    trigger.held.remove().complete(OK);
    pass(STEP);
    trigger.atOnce = true;
    assertThat(worker.retry(traceId, List.of(), "ops").kpiCount()).isEqualTo(2);
    pass(STEP);
    assertThat(run(traceId, "b").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(run(traceId, "b").error()).isNull();
  }

  @Test
  void whereNobodyIsLeftToBeCalledThereIsNothingToCancel() {
    SchedulerWorker worker = builder().build();
    register("a");
    TraceId traceId = worker.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    assertThatThrownBy(() -> worker.jobs().cancel(traceId, "ops"))
        .isInstanceOf(JobRefusedException.class)
        .hasMessageContaining("no KPI of it is left to be called");
    assertThatThrownBy(() -> worker.jobs().cancel(TraceId.ofManual(NOON, "zzzzzzzz"), "ops"))
        .isInstanceOf(JobRefusedException.class)
        .hasMessageContaining("there is no job");
  }
}
