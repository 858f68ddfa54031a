package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.json.JobSummaryJson;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobQuery;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.JobSummary;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lists show of jobs, while they go on and whoever wrote their records. */
class SummariesTest extends WorkerTestBase {
  private static final Duration WALK = Duration.ofMinutes(16);

  private SchedulerWorker started() {
    SchedulerWorker worker = builder().build();
    worker.start();
    executor.runAll();
    return worker;
  }

  private List<JobSummary> listed() {
    return new JobStore(jobs, clock, STEP).list(JobQuery.newest(200)).jobs();
  }

  private void assertShownAsRecorded(TraceId id) {
    assertThat(listed()).containsExactly(JobSummary.of(stored(id)));
  }

  /** As a program writes it that knows of records alone. */
  private void record(JobRecord job) {
    jobs.values.put(job.key(), JobRecordJson.write(job));
  }

  private static JobRecord foreign(int minute) {
    Instant at = NOON.minus(Duration.ofDays(1)).plus(Duration.ofMinutes(minute));
    return JobRecord.pending(
        TraceId.ofManual(at, "cccccccc"), at, List.of("a"), "test", Fire.manual());
  }

  private static JobRecord completed(JobRecord job, Instant at) {
    return job.with(List.of(KpiRun.pending("a").reported(at, KpiStatus.COMPLETED, null)), at);
  }

  private void failWritesOfSummaries() {
    jobs.writing = key -> {
      if (key.startsWith(JobSummary.KEY_PREFIX)) {
        throw new KvStoreException(KvStoreException.Kind.UNAVAILABLE, "the store is away", null);
      }
    };
  }

  @Test
  void aListShowsAJobFromItsBeginningToItsEnd() {
    register("a", "b");
    trigger.atOnce = false;
    SchedulerWorker worker = started();
    TraceId id = worker.runNow(KpiSelection.all()).traceId();
    executor.runAll();
    assertThat(listed())
        .singleElement()
        .extracting(JobSummary::status)
        .isEqualTo(JobStatus.IN_PROGRESS);
    assertShownAsRecorded(id);

    trigger.held.forEach(call -> call.complete(OK));
    pass(STEP);
    assertShownAsRecorded(id);

    worker.jobs().complete(id, "a", KpiStatus.COMPLETED, null);
    pass(Duration.ofSeconds(3));
    assertThat(listed().get(0).counts().completed()).isEqualTo(1);
    worker.jobs().complete(id, "b", KpiStatus.FAILED, "no data");
    pass(Duration.ofSeconds(3));
    assertThat(listed())
        .singleElement()
        .extracting(JobSummary::status)
        .isEqualTo(JobStatus.PARTIAL);
    assertShownAsRecorded(id);
    close(worker);
  }

  @Test
  void aSummaryLivesAsLongAsItsRecord() {
    register("a");
    SchedulerWorker worker = builder().retention(Duration.ofDays(7)).build();
    TraceId id = worker.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    assertThat(jobs.lives.get(JobSummary.key(id))).isEqualTo(Ttl.of(Duration.ofDays(7)));
  }

  @Test
  void aJobGoesOnWhereItsSummaryCannotBeWritten() {
    register("a");
    SchedulerWorker worker = started();
    failWritesOfSummaries();
    TraceId id = worker.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    assertThat(stored(id).kpis().get("a").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(events.told).contains("job in_progress");
    assertThat(listed()).isEmpty();

    jobs.writing = key -> {};
    pass(Duration.ofSeconds(30));
    assertShownAsRecorded(id);
    close(worker);
  }

  @Test
  void whatAnotherProgramCountedItselfShowsWhileTheJobWaits() {
    register("a", "b");
    SchedulerWorker worker = started();
    TraceId id = worker.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    record(completed(stored(id), clock.now()));

    pass(Duration.ofSeconds(30));

    assertThat(listed().get(0).counts().completed()).isEqualTo(1);
    assertShownAsRecorded(id);
    close(worker);
  }

  @Test
  void jobsOfAnotherProgramAppearFewByFew() {
    List<TraceId> newestFirst = new ArrayList<>();
    for (int minute = 0; minute < 250; minute++) {
      JobRecord job = foreign(minute);
      record(job);
      newestFirst.add(0, job.traceId());
    }
    SchedulerWorker worker = started();
    assertThat(listed()).extracting(JobSummary::traceId).containsExactly(newestFirst.get(0));

    pass(Duration.ofSeconds(2));
    assertThat(listed())
        .extracting(JobSummary::traceId)
        .isEqualTo(newestFirst.subList(0, listed().size()))
        .hasSizeBetween(2, 100);
    pass(Duration.ofSeconds(20));
    assertThat(jobs.values.keySet())
        .containsAll(newestFirst.stream().map(JobSummary::key).toList());
    close(worker);
  }

  @Test
  void aNewOneOfAnotherProgramAppearsWithinAQuarterOfAnHour() {
    SchedulerWorker worker = started();
    record(foreign(1));
    pass(WALK);
    assertShownAsRecorded(foreign(1).traceId());
    close(worker);
  }

  @Test
  void aRecordThatIsNoneHidesNoOther() {
    jobs.values.put("job:trace_20250815_120000_broken00", "{");
    jobs.values.put("job:trace_20250815_120000_broken01", JobRecordJson.write(foreign(1)));
    record(foreign(2));
    SchedulerWorker worker = started();
    pass(Duration.ofSeconds(5));
    assertShownAsRecorded(foreign(2).traceId());
    close(worker);
  }

  @Test
  void whatWasDeletedDisappears() {
    record(foreign(1));
    record(foreign(2));
    record(foreign(3));
    SchedulerWorker worker = started();
    pass(Duration.ofSeconds(5));
    assertThat(listed()).hasSize(3);

    jobs.values.remove(foreign(2).key());
    pass(WALK);

    assertThat(listed())
        .extracting(JobSummary::traceId)
        .containsExactly(foreign(3).traceId(), foreign(1).traceId());
    jobs.values.remove(foreign(1).key());
    jobs.values.remove(foreign(3).key());
    pass(WALK);
    assertThat(listed()).isEmpty();
    close(worker);
  }

  @Test
  void aRecordThatWentBackIsShownSo() {
    JobRecord before = foreign(1);
    record(completed(before, clock.now()));
    SchedulerWorker worker = started();
    assertThat(listed())
        .singleElement()
        .extracting(JobSummary::status)
        .isEqualTo(JobStatus.COMPLETED);

    record(before);
    pass(WALK);

    assertShownAsRecorded(before.traceId());
    close(worker);
  }

  @Test
  void whoIsLateWithAnEarlierStateChangesNothing() {
    register("a");
    SchedulerWorker worker = started();
    TraceId id = worker.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    String shown = jobs.values.get(JobSummary.key(id));
    // Between the look of a writer and its write somebody else shows a later state.
    jobs.writing = key -> {
      if (key.startsWith(JobSummary.KEY_PREFIX)) {
        jobs.writing = any -> {};
        jobs.values.put(key, shown.replace("\"progress\":1", "\"progress\":9"));
      }
    };
    worker.jobs().complete(id, "a", KpiStatus.COMPLETED, null);
    pass(Duration.ofSeconds(3));

    assertThat(stored(id).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(jobs.values.get(JobSummary.key(id))).contains("\"progress\":9");
    close(worker);
  }

  @Test
  void anyNumberOfSummariesWithoutRecordsGoAway() {
    JobRecord oldest = foreign(-1);
    record(oldest);
    for (int i = 0; i < 2_500; i++) {
      JobSummary orphan = JobSummary.of(foreign(i));
      jobs.values.put(orphan.key(), JobSummaryJson.write(orphan));
    }
    SchedulerWorker worker = started();
    pass(Duration.ofMinutes(1));

    assertThat(jobs.values.keySet().stream().filter(key -> key.startsWith(JobSummary.KEY_PREFIX)))
        .containsExactly(JobSummary.key(oldest.traceId()));
    assertThat(jobs.mostPages).isLessThanOrEqualTo(21);
    close(worker);
  }
}
