package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.schedulerworker.json.JobPageJson;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.json.JobSummaryJson;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JobPage;
import io.schedulerworker.model.JobQuery;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.JobSummary;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Finding and listing jobs. */
class JobLookupTest extends WorkerTestBase {
  private final SchedulerWorker worker = builder().build();
  private final JobStore lookup = worker.jobs();

  private TraceId put(int minute, JobStatus status, Fire fire) {
    Instant at = NOON.plus(Duration.ofMinutes(minute));
    TraceId id = TraceId.ofManual(at, "aaaaaaaa");
    JobRecord pending = JobRecord.pending(id, at, List.of("a"), "test", fire);
    JobRecord job = status == JobStatus.PENDING ? pending : pending.begun(at);
    jobs.values.put(job.key(), JobRecordJson.write(job));
    jobs.values.put(JobSummary.key(id), JobSummaryJson.write(JobSummary.of(job)));
    return id;
  }

  private static Fire daily(int minute) {
    return new Fire(DAILY, "0 12 * * *", NOON.plus(Duration.ofMinutes(minute)));
  }

  private static List<TraceId> ids(JobPage page) {
    return page.jobs().stream().map(JobSummary::traceId).toList();
  }

  @Test
  void findsAJobByItsName() {
    TraceId id = put(1, JobStatus.IN_PROGRESS, Fire.manual());
    assertThat(lookup.find(id)).contains(stored(id));
    assertThat(lookup.find(TraceId.ofManual(NOON, "00000000"))).isEmpty();
  }

  @Test
  void namesTheNewestJobOfAll() {
    assertThat(lookup.newest()).isEmpty();
    register("a");

    TraceId first = worker.runNow(KpiSelection.all()).traceId();
    assertThat(lookup.newest()).contains(first);

    clock.advance(Duration.ofMinutes(1));
    TraceId second = worker.runNow(KpiSelection.all()).traceId();
    assertThat(lookup.newest()).contains(second);
  }

  @Test
  void whatAnotherProgramNotedAsNewestMayBeNothing() {
    jobs.values.put(JobRecord.LAST_TRACE_ID_KEY, "\"trace_1\"");
    assertThatExceptionOfType(FormatException.class).isThrownBy(lookup::newest);
  }

  @Test
  void aPageIsWrittenWithoutTheKpis() {
    TraceId id = put(1, JobStatus.PENDING, Fire.manual());
    put(0, JobStatus.PENDING, Fire.manual());

    assertThat(JobPageJson.write(lookup.list(JobQuery.newest(1)))).isEqualTo("""
            {"jobs":[{"traceId":"%s","status":"pending","createdAt":"%s","updatedAt":"%s",\
            "metadata":{"totalKPIs":1,"completedKPIs":0,"failedKPIs":0,"environment":"test",\
            "schedule":{"id":"manual"},"format":1}}],"next":"%s"}""".formatted(
            id, NOON.plus(Duration.ofMinutes(1)), NOON.plus(Duration.ofMinutes(1)), id));
    assertThat(JobPageJson.write(new JobPage(List.of(), Optional.empty())))
        .isEqualTo("{\"jobs\":[],\"next\":null}");
  }

  @Test
  void listsTheNewestFirstPageByPage() {
    List<TraceId> newestFirst = new ArrayList<>();
    for (int minute = 0; minute < 45; minute++) {
      newestFirst.add(0, put(minute, JobStatus.PENDING, Fire.manual()));
    }
    jobs.values.put(JobRecord.LAST_TRACE_ID_KEY, newestFirst.get(0).value());

    JobPage first = lookup.list(JobQuery.newest(25));
    assertThat(ids(first)).isEqualTo(newestFirst.subList(0, 25));
    JobPage second =
        lookup.list(new JobQuery(25, first.next(), Optional.empty(), Optional.empty()));
    assertThat(ids(second)).isEqualTo(newestFirst.subList(25, 45));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void aPageThatEndsWithTheLastJobHasNoNext() {
    put(1, JobStatus.PENDING, Fire.manual());
    assertThat(lookup.list(JobQuery.newest(1)).next()).isEmpty();
  }

  @Test
  void filtersByStatusAndSchedule() {
    put(1, JobStatus.PENDING, Fire.manual());
    TraceId begun = put(2, JobStatus.IN_PROGRESS, Fire.manual());
    TraceId scheduled = put(3, JobStatus.IN_PROGRESS, daily(3));

    Optional<JobStatus> inProgress = Optional.of(JobStatus.IN_PROGRESS);
    assertThat(ids(lookup.list(new JobQuery(9, Optional.empty(), inProgress, Optional.empty()))))
        .containsExactly(scheduled, begun);
    assertThat(ids(lookup.list(
            new JobQuery(9, Optional.empty(), inProgress, Optional.of(ScheduleId.MANUAL)))))
        .containsExactly(begun);
    assertThat(ids(
            lookup.list(new JobQuery(9, Optional.empty(), Optional.empty(), Optional.of(DAILY)))))
        .containsExactly(scheduled);
  }

  @Test
  void whatIsNoSummaryIsPassedOver() {
    TraceId id = put(1, JobStatus.PENDING, Fire.manual());
    jobs.values.put("summary:trace_20250815_120000_broken00", "{");
    jobs.values.put("summary:trace_20250815_120000_broken01", "{\"status\":\"pending\"}");
    assertThat(ids(lookup.list(JobQuery.newest(9)))).containsExactly(id);
  }

  @Test
  void theNewestTakeOneLookAtAFewSummaries() {
    for (int minute = 0; minute < 1_000; minute++) {
      put(minute, JobStatus.PENDING, Fire.manual());
    }
    CountingStore counted = new CountingStore(jobs);

    JobPage page = new JobStore(counted, clock, STEP).list(JobQuery.newest(20));

    assertThat(page.jobs()).hasSize(20);
    assertThat(page.next()).isPresent();
    assertThat(counted.calls).containsExactly("list summary:");
    assertThat(counted.read).hasSize(21).allMatch(key -> key.startsWith("summary:"));
  }

  @Test
  void aSearchForTheRareReadsTwoThousandSummariesAtMost() {
    for (int minute = 0; minute < 3_000; minute++) {
      put(minute, JobStatus.PENDING, Fire.manual());
    }
    CountingStore counted = new CountingStore(jobs);

    new JobStore(counted, clock, STEP)
        .list(new JobQuery(20, Optional.empty(), Optional.of(JobStatus.FAILED), Optional.empty()));

    assertThat(counted.calls).hasSizeLessThanOrEqualTo(11).containsOnly("list summary:");
    assertThat(counted.read).hasSizeLessThanOrEqualTo(2_200);
  }

  @Test
  void aSearchForTheRareGivesUpNowAndThenAndSaysWhereToGoOn() {
    TraceId rare = put(0, JobStatus.IN_PROGRESS, Fire.manual());
    for (int minute = 1; minute <= 2_100; minute++) {
      put(minute, JobStatus.PENDING, Fire.manual());
    }
    Optional<JobStatus> wanted = Optional.of(JobStatus.IN_PROGRESS);

    JobPage first = lookup.list(new JobQuery(9, Optional.empty(), wanted, Optional.empty()));
    assertThat(first.jobs()).isEmpty();
    assertThat(first.next()).isPresent();
    JobPage second = lookup.list(new JobQuery(9, first.next(), wanted, Optional.empty()));
    assertThat(ids(second)).containsExactly(rare);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void aPageHasAtMostTwoHundredJobs() {
    assertThatIllegalArgumentException().isThrownBy(() -> JobQuery.newest(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobQuery.newest(201))
        .withMessage("limit 201 must be from 1 to 200");
  }
}
