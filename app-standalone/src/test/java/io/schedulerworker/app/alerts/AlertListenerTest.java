package io.schedulerworker.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes an alert of all that a scheduler tells. */
class AlertListenerTest {
  private static final ScheduleId DAILY = new ScheduleId("daily");
  private static final Fire FIRE = new Fire(DAILY, "0 12 * * *", Bench.START);
  private static final TraceId ID = FIRE.traceId(0);
  private static final AlertRules RULES = new AlertRules(
      Set.of(AlertKind.values()), Bench.REPEAT, Duration.ofMinutes(5), Duration.ofMinutes(1));

  private final Bench bench = new Bench();
  private final Bench.Told told = new Bench.Told();
  private final AlertDesk desk =
      new AlertDesk(RULES, bench.claims(), bench.claims(), told.alerts::add, bench.clock);
  private final AlertListener listener = new AlertListener(desk, RULES, bench.clock);

  private static JobRecord job() {
    return JobRecord.pending(ID, Bench.START, List.of("a", "b"), "test", FIRE);
  }

  /** All that was told, by now. */
  private List<String> told() {
    listener.close();
    desk.close(Duration.ofSeconds(20));
    assertThat(bench.clock.pendingTimers()).isZero();
    return told.alerts.stream()
        .map(each -> "%s %s %s: %s"
            .formatted(each.kind().text(), each.status().text(), each.subject(), each.summary()))
        .toList();
  }

  @Test
  void jobsThatAreLostOrNotStoredAreThoseOfTheirSchedules() {
    listener.jobCreated(job());
    listener.jobLost(ID, 1);
    listener.jobTakenOver(job(), 1);
    listener.jobNotStored(ID, 1, new IllegalStateException("the store is full"));
    assertThat(told())
        .containsExactly(
            "lease_lost firing daily: the lease of a job of daily was lost:"
                + " another process goes on with it, or somebody deleted it",
            "job_not_stored firing daily: the outcome of a job of daily could not be stored:"
                + " the store is full");
    assertThat(told.alerts).extracting(Alert::traceId).containsOnly(ID);
  }

  @Test
  void aClockThatIsOffIsToldUntilItAgrees() {
    listener.clockOff("the clock of this process is 7 min ahead");
    listener.clockAgrees();
    assertThat(told())
        .containsExactly(
            "clock_off firing : the clock of this process is 7 min ahead",
            "clock_off resolved : the clocks agree again: this process fires its schedules");
  }

  @Test
  void aJobThatTimedOutAfterItsCallsIsTold() {
    KpiRun run = KpiRun.pending("a").triggered(Bench.START, 0, KpiRun.Answer.NONE);
    JobRecord called = job().with(List.of(run), Bench.START);
    listener.jobSettled(called);
    listener.jobEnded(called.with(
        List.of(
            run.timedOut(Bench.START, "not reported"),
            KpiRun.pending("b").failed(Bench.START, "refused", 0, KpiRun.Answer.NONE)),
        Bench.START));
    assertThat(told())
        .containsExactly("job_timed_out firing daily: the job of daily at 2025-08-14T12:00:00Z"
            + " timed out: 0 of 2 KPIs completed, 2 failed or timed out; a: not reported");
  }

  @Test
  void aHostAndAFireThatAreWellAgainInTimeAreNotTold() {
    listener.hostClosed("h:443", Duration.ZERO, "it is busy");
    listener.fireFailed(FIRE, new IllegalStateException("away"));
    bench.clock.advance(Duration.ofSeconds(59));
    listener.hostOpened("h:443");
    listener.firesSettled(DAILY);
    bench.clock.advance(Duration.ofHours(1));
    assertThat(told()).isEmpty();
  }

  @Test
  void aHostThatIsGivenUpIsTold() {
    listener.hostGivenUp("h:443", 3, "gives no sign of life");
    assertThat(told())
        .containsExactly(
            "host_given_up firing h:443: 3 KPIs have failed: h:443 gives no sign of life");
  }

  @Test
  void whatSomebodyWantedIsNotTold() {
    Instant last = Bench.START;
    listener.firesLetGo(DAILY, SkipReason.PAUSED, 2, last);
    listener.firesLetGo(DAILY, SkipReason.OVERLAP, 1, last);
    listener.firesPutOff(DAILY, Owed.Cause.PAUSED, 1, last);
    listener.firesPutOff(DAILY, Owed.Cause.OVERLAP, 1, last);
    assertThat(told()).isEmpty();
  }

  @Test
  void anotherSourceRaisesAndResolves() {
    desk.raise(AlertKind.SCHEDULE_SILENT, "daily", Severity.CRITICAL, "daily is silent");
    desk.raise(AlertKind.SCHEDULE_SILENT, "daily", Severity.CRITICAL, "daily is silent");
    desk.resolve(AlertKind.SCHEDULE_SILENT, "daily");
    desk.resolve(AlertKind.SCHEDULE_SILENT, "other");
    assertThat(told())
        .containsExactly(
            "schedule_silent firing daily: daily is silent",
            "schedule_silent resolved daily: schedule daily does what it should again");
    assertThatThrownBy(
            () -> desk.raise(AlertKind.JOB_FAILED, "daily", Severity.CRITICAL, "no condition"))
        .hasMessageContaining("job_failed is an event");
  }
}
