package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.Completion;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.SettledBy;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.JobListener;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs whose calls are over, while the workflows run. */
class WaitingJobsTest extends WorkerTestBase {
  private static final CallbackSigner SIGNER =
      new CallbackSigner(URI.create("https://s.example"), "0123456789abcdef");

  private final List<JobRecord> ended = new ArrayList<>();

  private SchedulerWorker started(Duration jobTimeout) {
    SchedulerWorker worker = builder()
        .jobTimeout(jobTimeout)
        .callbacks(SIGNER)
        .listener(new JobListener() {
          @Override
          public void jobEnded(JobRecord job) {
            ended.add(job);
          }
        })
        .build();
    worker.start();
    return worker;
  }

  private TraceId job(SchedulerWorker worker, String... ids) {
    register(ids);
    TraceId traceId = worker.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    return traceId;
  }

  private KpiStatus status(TraceId traceId, String kpiId) {
    return stored(traceId).kpis().get(kpiId).status();
  }

  private String waitingKey(TraceId traceId) {
    return "waiting:" + traceId;
  }

  @Test
  void aCallSaysWhereItsWorkflowReportsTheEnd() {
    SchedulerWorker worker = started(Duration.ZERO);
    TraceId traceId = job(worker, "a");
    assertThat(trigger.requests.get(0).payload())
        .endsWith(",\"callbackUrl\":\"" + SIGNER.of(traceId, "a", 0) + "\"}");
  }

  @Test
  void whatIsReportedStandsInTheRecordWithinSeconds() {
    SchedulerWorker worker = started(Duration.ZERO);
    TraceId traceId = job(worker, "a", "b");
    assertThat(jobs.values).containsKey(waitingKey(traceId));

    worker.jobs().complete(traceId, "a", 0, KpiStatus.COMPLETED, null);
    pass(Duration.ofSeconds(3));
    assertThat(status(traceId, "a")).isEqualTo(KpiStatus.COMPLETED);
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(ended).isEmpty();

    worker.jobs().complete(traceId, "b", 0, KpiStatus.FAILED, "no data");
    pass(Duration.ofSeconds(3));
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(stored(traceId).kpis().get("b").error()).isEqualTo("no data");
    assertThat(ended).hasSize(1);
    assertThat(jobs.values).doesNotContainKey(waitingKey(traceId));
  }

  @Test
  void anotherProcessSeesWhatWasReportedToOneThatDied() {
    SchedulerWorker worker = started(Duration.ZERO);
    TraceId traceId = job(worker, "a");
    // A store of its own, as of a process that ends right after its answer.
    new JobStore(jobs, clock, Duration.ofSeconds(5))
        .complete(traceId, "a", KpiStatus.COMPLETED, null);

    pass(Duration.ofSeconds(30));
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended).hasSize(1);
  }

  @Test
  void whatAnotherProgramWritesIntoTheRecordIsNoticed() {
    SchedulerWorker worker = started(Duration.ZERO);
    TraceId traceId = job(worker, "a");
    pass(Duration.ofHours(23));
    writeBack(traceId, "a", "completed");

    pass(Duration.ofSeconds(30));
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(stored(traceId).completedKpis()).isEqualTo(1);
    assertThat(ended).hasSize(1);
  }

  @Test
  void whereNothingIsNewTheJobIsNotGoneThroughAgain() {
    SchedulerWorker worker = started(Duration.ZERO);
    TraceId traceId = job(worker, "a");
    pass(Duration.ofMinutes(1));
    List<String> read = new ArrayList<>();
    jobs.reading = read::add;
    pass(Duration.ofMinutes(10));
    assertThat(read).contains(JobRecord.key(traceId)).doesNotContain(waitingKey(traceId));

    worker.jobs().complete(traceId, "a", 0, KpiStatus.COMPLETED, null);
    pass(Duration.ofSeconds(3));
    assertThat(read).contains(waitingKey(traceId));
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void afterADayNobodyLooksAnyMore() {
    SchedulerWorker worker = started(Duration.ZERO);
    TraceId traceId = job(worker, "a");
    pass(Duration.ofHours(24).plusMinutes(1));
    assertThat(jobs.values).doesNotContainKey(waitingKey(traceId));
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.IN_PROGRESS);
  }

  private void writeBack(TraceId traceId, String kpiId, String status) {
    jobs.values.computeIfPresent(
        JobRecord.key(traceId),
        (key, text) -> text.replaceFirst(
            "\"kpiId\":\"" + kpiId + "\",\"status\":\"triggered\"",
            "\"kpiId\":\"" + kpiId + "\",\"status\":\"" + status + "\""));
  }

  @Test
  void whatIsNotReportedInTimeTimesOutOnceAndALateReportStillCounts() {
    SchedulerWorker one = started(Duration.ofMinutes(30));
    SchedulerWorker other = started(Duration.ofMinutes(30));
    TraceId traceId = job(one, "a", "b");
    one.jobs().complete(traceId, "a", KpiStatus.COMPLETED, null);

    pass(Duration.ofMinutes(29));
    assertThat(status(traceId, "b")).isEqualTo(KpiStatus.TRIGGERED);
    pass(Duration.ofMinutes(2));
    KpiRun late = stored(traceId).kpis().get("b");
    assertThat(late.status()).isEqualTo(KpiStatus.TIMED_OUT);
    assertThat(late.settledBy()).isEqualTo(SettledBy.TIMEOUT);
    assertThat(late.error()).contains("within 30 min of the job's last call");
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(stored(traceId).failedKpis()).isEqualTo(1);
    assertThat(ended).hasSize(1);

    assertThat(other.jobs().complete(traceId, "b", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.RECORDED);
    pass(Duration.ofSeconds(3));
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(stored(traceId).failedKpis()).isZero();
  }

  @Test
  void timeCountsFromTheLastCallThatWasAccepted() {
    SchedulerWorker worker = started(Duration.ofMinutes(30));
    trigger.atOnce = false;
    register("a", "b");
    TraceId traceId = worker.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    trigger.held.remove().complete(OK);
    pass(Duration.ofMinutes(40));
    assertThat(worker.jobs().find(traceId).orElseThrow().kpis().get("a").status())
        .isEqualTo(KpiStatus.TRIGGERED);
    trigger.held.remove().complete(OK);
    pass(Duration.ofMinutes(29));
    assertThat(status(traceId, "a")).isEqualTo(KpiStatus.TRIGGERED);
    pass(Duration.ofMinutes(2));
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.TIMED_OUT);
  }

  @Test
  void anEndThatWasReportedInTimeIsToldAfterADayToo() {
    SchedulerWorker worker = started(Duration.ZERO);
    TraceId traceId = job(worker, "a");
    close(worker);
    pass(Duration.ofHours(23));
    worker.jobs().complete(traceId, "a", 0, KpiStatus.COMPLETED, null);
    clock.advance(Duration.ofHours(2));

    started(Duration.ZERO);
    pass(Duration.ofMinutes(1));
    assertThat(stored(traceId).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended).hasSize(1);
    assertThat(jobs.values).doesNotContainKey(waitingKey(traceId));
  }

  @Test
  void reportsOfAnEarlierDriveAreTurnedAway() {
    SchedulerWorker worker = started(Duration.ZERO);
    TraceId traceId = job(worker, "a", "b");
    Map<String, KpiRun> again = new LinkedHashMap<>(stored(traceId).kpis());
    again.put("a", KpiRun.pending("a").ofDrive(1));
    JobRecord driven = stored(traceId);
    jobs.values.put(
        driven.key(), JobRecordJson.write(driven.with(List.of(again.get("a")), clock.now())));

    assertThat(worker.jobs().complete(traceId, "a", 0, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.SUPERSEDED);
    assertThat(worker.jobs().complete(traceId, "a", 2, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.UNKNOWN);
    assertThat(worker.jobs().complete(traceId, "a", 1, KpiStatus.FAILED, "x"))
        .isEqualTo(Completion.RECORDED);
    assertThat(worker.jobs().complete(traceId, "a", KpiStatus.FAILED, null))
        .isEqualTo(Completion.REPEATED);
    assertThat(worker.jobs().complete(traceId, "a", 1, KpiStatus.COMPLETED, null))
        .isEqualTo(Completion.CONFLICT);
    pass(Duration.ofSeconds(3));
    assertThat(stored(traceId).kpis().get("a").redrives()).isEqualTo(1);
    assertThat(status(traceId, "a")).isEqualTo(KpiStatus.FAILED);
  }
}
