package io.schedulerworker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.model.KpiRun.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobRecordTest {
  private static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(60);
  private static final Answer OK = new Answer(12L, 200, null);
  private static final TraceId ID = TraceId.ofManual(NOON, "abc12345");

  private static JobRecord job(String... kpis) {
    return JobRecord.pending(ID, NOON.plusMillis(7), List.of(kpis), "test", Fire.manual());
  }

  private static KpiRun pending(String id) {
    return KpiRun.pending(id);
  }

  private static KpiRun byAnother(String id, KpiStatus status) {
    return new KpiRun(
        id,
        status,
        LATER,
        "theirs",
        0,
        null,
        null,
        null,
        null,
        null,
        0,
        new Extras(Map.of("note", new JsonText("1"))));
  }

  private static JobStatus statusOf(KpiRun... runs) {
    String[] ids = new String[runs.length];
    for (int i = 0; i < runs.length; i++) {
      ids[i] = runs[i].kpiId();
    }
    return job(ids).with(List.of(runs), LATER).status();
  }

  @Test
  void aNewJobIsPending() {
    JobRecord job = job("a", "b");
    assertThat(job.status()).isEqualTo(JobStatus.PENDING);
    assertThat(job.createdAt()).isEqualTo(NOON);
    assertThat(job.updatedAt()).isEqualTo(NOON);
    assertThat(job.key()).isEqualTo("job:trace_20250814_120000_abc12345");
    assertThat(job.with(List.of(), LATER).status()).isEqualTo(JobStatus.PENDING);
  }

  @Test
  void aJobIsInProgressFromItsFirstCallUntilEveryKpiIsTerminal() {
    JobRecord begun = job("a", "b").begun(LATER);
    assertThat(begun.status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(begun.updatedAt()).isEqualTo(LATER);
    assertThat(begun.with(List.of(), LATER).status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(statusOf(pending("a").triggered(LATER, 0, OK))).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(statusOf(pending("a").completed(LATER, 0, OK), pending("b")))
        .isEqualTo(JobStatus.IN_PROGRESS);
  }

  @Test
  void theTerminalStatusFollowsFromTheRuns() {
    KpiRun completed = pending("a").completed(LATER, 0, OK);
    KpiRun failed = pending("b").failed(LATER, "no", 0, OK);
    KpiRun timedOut = byAnother("c", KpiStatus.TIMED_OUT);
    assertThat(statusOf(completed)).isEqualTo(JobStatus.COMPLETED);
    assertThat(statusOf(completed, failed)).isEqualTo(JobStatus.PARTIAL);
    assertThat(statusOf(completed, timedOut)).isEqualTo(JobStatus.PARTIAL);
    assertThat(statusOf(failed, timedOut)).isEqualTo(JobStatus.TIMED_OUT);
    assertThat(statusOf(failed)).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void countsFollowFromTheRuns() {
    JobRecord job = job("a", "b", "c", "d")
        .with(
            List.of(
                pending("a").completed(LATER, 0, OK),
                pending("b").failed(LATER, "no", 0, OK),
                byAnother("c", KpiStatus.TIMED_OUT)),
            LATER);
    assertThat(job.completedKpis()).isEqualTo(1);
    assertThat(job.failedKpis()).isEqualTo(2);
  }

  @Test
  void aRunOfAKpiThatTheJobDoesNotHaveIsNotTakenOver() {
    assertThat(job("a").with(List.of(pending("x")), LATER).kpis()).containsOnlyKeys("a");
  }

  @Test
  void theHigherRankWinsAJoinInEitherOrder() {
    List<KpiRun> byRank = List.of(
        pending("a"),
        pending("a").triggered(LATER, 1, OK),
        pending("a").failed(LATER, "ours", 2, OK),
        byAnother("a", KpiStatus.COMPLETED));
    for (int low = 0; low < byRank.size(); low++) {
      for (int high = low; high < byRank.size(); high++) {
        KpiStatus winner = byRank.get(high).status();
        assertThat(byRank.get(low).join(byRank.get(high)).status()).isEqualTo(winner);
        assertThat(byRank.get(high).join(byRank.get(low)).status()).isEqualTo(winner);
      }
    }
  }

  @Test
  void atEqualRankTheFirstWins() {
    KpiRun first = byAnother("a", KpiStatus.COMPLETED);
    KpiRun second = byAnother("a", KpiStatus.FAILED);
    assertThat(first.join(second).status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(second.join(first).status()).isEqualTo(KpiStatus.FAILED);
  }

  @Test
  void aCompletionThatWasReportedToUsOutranksOurOwnFailure() {
    KpiRun ours = pending("a").failed(LATER, "unknown outcome: timeout", 0, OK);
    KpiRun callback = new KpiRun(
        "a",
        KpiStatus.COMPLETED,
        LATER,
        null,
        0,
        null,
        null,
        null,
        null,
        SettledBy.CALLBACK,
        0,
        Extras.NONE);
    assertThat(ours.join(callback).status()).isEqualTo(KpiStatus.COMPLETED);
    KpiRun timeout = new KpiRun(
        "a",
        KpiStatus.TIMED_OUT,
        LATER,
        "late",
        0,
        null,
        null,
        null,
        null,
        SettledBy.TIMEOUT,
        0,
        Extras.NONE);
    assertThat(timeout.join(callback).status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(timeout.join(ours).status()).isEqualTo(KpiStatus.TIMED_OUT);
  }

  @Test
  void theWinnerTakesWhatOnlyTheOtherKnows() {
    KpiRun ours = pending("a").triggered(LATER, 3, OK);
    KpiRun theirs = byAnother("a", KpiStatus.COMPLETED);
    for (KpiRun joined : List.of(ours.join(theirs), theirs.join(ours))) {
      assertThat(joined.triggeredAt()).isEqualTo(LATER);
      assertThat(joined.retryCount()).isEqualTo(3);
      assertThat(joined.responseTime()).isEqualTo(12);
      assertThat(joined.httpStatus()).isEqualTo(200);
      assertThat(joined.settledBy()).isNull();
      assertThat(joined.error()).isEqualTo("theirs");
      assertThat(joined.extras().fields()).containsOnlyKeys("note");
    }
  }

  @Test
  void joiningIsIdempotentAndTheSameInEveryGroupingOfStates() {
    List<KpiRun> states = List.of(
        pending("a"),
        pending("a").triggered(LATER, 1, OK),
        pending("a").failed(LATER, "ours", 2, new Answer(5L, null, null)),
        pending("a").completed(LATER, 0, OK),
        byAnother("a", KpiStatus.COMPLETED),
        byAnother("a", KpiStatus.FAILED));
    for (KpiRun x : states) {
      assertThat(x.join(x)).isEqualTo(x);
      for (KpiRun y : states) {
        assertThat(x.join(y).join(y)).isEqualTo(x.join(y));
        for (KpiRun z : states) {
          assertThat(x.join(y).join(z).status()).isEqualTo(x.join(y.join(z)).status());
        }
      }
    }
  }

  @Test
  void joinedJobsKeepWhatEitherHasAlone() {
    JobRecord stored = new JobRecord(
        ID,
        JobStatus.IN_PROGRESS,
        NOON,
        LATER,
        Map.of("a", byAnother("a", KpiStatus.COMPLETED), "x", pending("x")),
        new JobMetadata(
            "test", null, null, 0, null, List.of(), new Extras(Map.of("m", new JsonText("1")))),
        new Extras(Map.of("top", new JsonText("true"))));
    JobRecord ours = job("a", "b").with(List.of(pending("b").failed(NOON, "no", 0, OK)), NOON);
    JobRecord joined = stored.join(ours);
    assertThat(joined.kpis()).containsOnlyKeys("a", "b", "x");
    assertThat(joined.kpis().get("a").status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(joined.kpis().get("b").status()).isEqualTo(KpiStatus.FAILED);
    assertThat(joined.status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(joined.updatedAt()).isEqualTo(LATER);
    assertThat(joined.metadata().fire()).isEqualTo(Fire.manual());
    assertThat(joined.metadata().format()).isEqualTo(JobMetadata.FORMAT);
    assertThat(joined.metadata().extras().fields()).containsKey("m");
    assertThat(joined.extras().fields()).containsKey("top");
    assertThat(ours.join(stored).updatedAt()).isEqualTo(LATER);
  }

  @Test
  void aJobThatAnotherWriterLeftPendingIsNotSetBack() {
    JobRecord begun = job("a").begun(LATER);
    assertThat(job("a").join(begun).status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(begun.join(job("a")).status()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(job("a").join(job("a")).status()).isEqualTo(JobStatus.PENDING);
  }

  @Test
  void aJobsRunsCannotBeChanged() {
    JobRecord job = job("a");
    assertThatThrownBy(() -> job.kpis().clear()).isInstanceOf(UnsupportedOperationException.class);
    List<String> ids = new ArrayList<>(job("b", "a", "c").kpis().keySet());
    assertThat(ids).containsExactly("b", "a", "c");
  }

  @Test
  void extrasKeepTheFirstOfTwoValues() {
    Extras one = new Extras(Map.of("a", new JsonText("1")));
    Extras two = new Extras(Map.of("a", new JsonText("2"), "b", new JsonText("3")));
    assertThat(one.and(two).fields())
        .containsEntry("a", new JsonText("1"))
        .containsEntry("b", new JsonText("3"));
    assertThat(one.and(Extras.NONE)).isSameAs(one);
    assertThat(one.and(one)).isSameAs(one);
  }
}
