package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.CatchUp;
import io.schedulerworker.model.JobSummary;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SchedulePolicy;
import io.schedulerworker.model.ScheduleReport;
import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a stranger sees in JOBS_KV of schedules that do not do what their rules name. */
class ScheduleWatchTest extends WorkerTestBase {
  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Schedule HOURLY = daily("0 * * * *");
  private static final Schedule EVERY_MINUTE = daily("* * * * *");

  private ScheduleWatch watch(Schedule schedule) {
    return new ScheduleWatch(
        jobs, List.of(schedule), clock, GRACE, SchedulerWorkerBuilder.DEFAULT_RETENTION, TIMEOUT);
  }

  private ScheduleReport look(Schedule schedule) {
    return only(watch(schedule).look());
  }

  private static ScheduleReport only(List<ScheduleReport> reports) {
    assertThat(reports).hasSize(1);
    return reports.get(0);
  }

  private SchedulerWorker start(Schedule schedule) {
    SchedulerWorker worker = builder().schedule(schedule).build();
    worker.start();
    return worker;
  }

  /** It has been seen, and is not there any more. */
  private void startAndStop(Schedule schedule) {
    SchedulerWorker worker = start(schedule);
    executor.runAll();
    close(worker);
  }

  @Test
  void aGraceWithinWhichFiresMayBeLateIsRefused() {
    assertThatThrownBy(() -> new ScheduleWatch(
            jobs, List.of(), clock, Duration.ofMinutes(1), Duration.ofDays(1), TIMEOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT1M");
  }

  @Test
  void ofAScheduleThatNobodyHasStartedNothingIsSaid() {
    assertThat(watch(HOURLY).look()).isEmpty();
  }

  @Test
  void aScheduleThatFiresIsWell() {
    register("a", "b");
    start(HOURLY);
    pass(Duration.ofMinutes(123));
    ScheduleReport report = look(HOURLY);
    assertThat(report.isWell()).isTrue();
    assertThat(report.paused()).isFalse();
    assertThat(report.firesExpected())
        .as("after the first job, beyond the grace")
        .isEqualTo(1);
    assertThat(report.firesSettled()).isEqualTo(1);
    assertThat(report.calls().expected()).isEqualTo(4);
    assertThat(report.calls().called()).isEqualTo(4);
    pass(Duration.ofMinutes(10));
    assertThat(look(HOURLY).firesExpected()).isEqualTo(2);
  }

  @Test
  void whatNobodyFiredIsOverdueOnceTheGraceIsOver() {
    register("a");
    startAndStop(HOURLY);
    Instant first = NOON;
    pass(Duration.between(clock.now(), first.plus(GRACE)).minusSeconds(1));
    assertThat(look(HOURLY).isWell()).isTrue();
    pass(Duration.ofSeconds(1));
    ScheduleReport report = look(HOURLY);
    assertThat(report.isWell()).isFalse();
    assertThat(report.overdue()).isEqualTo(1);
    assertThat(report.overdueSince()).contains(first);
    pass(Duration.ofHours(3));
    assertThat(look(HOURLY).overdue()).isEqualTo(4);
    assertThat(look(HOURLY).overdueSince()).contains(first);
    assertThat(look(HOURLY).firesSettled()).isZero();
    start(HOURLY);
    pass(Duration.ofSeconds(5));
    assertThat(look(HOURLY).isWell()).as("missed, and that is their fate").isTrue();
  }

  @Test
  void ofAScheduleThatIsSilentForLongNotAllFiresAreCounted() {
    startAndStop(EVERY_MINUTE);
    clock.advance(Duration.ofDays(30));
    assertThat(look(EVERY_MINUTE).overdue()).isEqualTo(1_000);
  }

  @Test
  void aPausedScheduleOwesNothing() {
    register("a");
    SchedulerWorker worker = start(HOURLY);
    pass(Duration.ofMinutes(10));
    worker.schedules().pause(DAILY);
    close(worker);
    pass(Duration.ofHours(5));
    assertThat(look(HOURLY).isWell()).isTrue();
    assertThat(look(HOURLY).paused()).isTrue();
    new ScheduleStore(jobs, clock, TIMEOUT).resume(DAILY);
    assertThat(look(HOURLY).isWell()).as("the fires of a pause that is over").isTrue();
    pass(Duration.ofHours(1).plus(GRACE));
    assertThat(look(HOURLY).overdue()).isEqualTo(1);
  }

  @Test
  void whatWasMissedAndLetGoHasItsFate() {
    register("a");
    SchedulePolicy all = SchedulePolicy.DEFAULT.withCatchUp(CatchUp.ALL);
    for (SchedulePolicy policy : List.of(SchedulePolicy.DEFAULT, all)) {
      Schedule schedule = EVERY_MINUTE.withPolicy(policy);
      suffixes.addAll(List.of("cccccccc", "dddddddd"));
      SchedulerWorker first = start(schedule);
      pass(Duration.ofMinutes(10));
      close(first);
      clock.advance(Duration.ofHours(7));
      SchedulerWorker second = start(schedule);
      pass(Duration.ofMinutes(20));
      assertThat(look(schedule).lost()).isEmpty();
      assertThat(look(schedule).isWell()).isTrue();
      close(second);
    }
  }

  @Test
  void aFateThatIsNotThereIsLost() {
    register("a");
    start(HOURLY);
    pass(Duration.ofHours(4));
    assertThat(look(HOURLY).isWell()).isTrue();
    Instant at = NOON.plus(Duration.ofHours(2));
    changeLedger(ledger -> new Ledger(
        ledger.definition(),
        ledger.cron(),
        ledger.zone(),
        ledger.zoneRules(),
        ledger.since(),
        ledger.settledUntil(),
        null,
        List.of(),
        List.of(),
        ledger.fates().stream().filter(fate -> !fate.fireTime().equals(at)).toList(),
        0,
        ledger.extras()));
    ScheduleReport report = look(HOURLY);
    assertThat(report.lost()).containsExactly(at);
    assertThat(report.firesSettled()).isEqualTo(report.firesExpected() - 1);
    assertThat(report.isWell()).isFalse();
  }

  private void changeLedger(UnaryOperator<Ledger> change) {
    jobs.values.computeIfPresent(
        Ledger.key(DAILY), (key, text) -> LedgerJson.write(change.apply(LedgerJson.read(text))));
  }

  @Test
  void theDefinitionInForceIsWhatCounts() {
    register("a");
    start(HOURLY);
    pass(Duration.ofMinutes(40));
    assertThat(look(EVERY_MINUTE).overdue()).isZero();
    assertThat(look(EVERY_MINUTE).isWell()).isTrue();
  }

  @Test
  void aRuleOfAnotherDialectIsNotJudged() {
    startAndStop(HOURLY);
    changeLedger(ledger -> new Ledger(
        "another",
        "@whenever",
        "UTC",
        null,
        ledger.since(),
        ledger.settledUntil(),
        null,
        List.of(),
        List.of(),
        List.of(),
        0,
        ledger.extras()));
    pass(Duration.ofHours(2));
    assertThat(look(HOURLY).firesExpected()).isZero();
    assertThat(look(HOURLY).isWell()).isTrue();
  }

  @Test
  void aJobThatNobodyIsAtIsStalled() {
    register("a", "b");
    trigger.atOnce = false;
    SchedulerWorker worker = start(HOURLY);
    pass(Duration.ofMinutes(2));
    TraceId job = worker.jobs().newest().orElseThrow();
    pass(GRACE.multipliedBy(2));
    ScheduleWatch watch = watch(HOURLY);
    assertThat(only(watch.look()).isWell()).as("a process is at it").isTrue();
    assertThat(only(watch.look()).calls().expected()).isZero();
    clock.advance(GRACE.minusSeconds(1));
    assertThat(only(watch.look()).isWell())
        .as("as if the process had just died")
        .isTrue();
    clock.advance(Duration.ofSeconds(1));
    ScheduleReport report = only(watch.look());
    assertThat(report.calls().stalled()).containsExactly(job);
    assertThat(report.calls().expected()).isEqualTo(2);
    assertThat(report.calls().called()).isZero();
    assertThat(report.isWell()).isFalse();
  }

  @Test
  void aJobWithoutALeaseIsStalledToo() {
    register("a", "b");
    trigger.atOnce = false;
    SchedulerWorker worker = start(HOURLY);
    pass(Duration.ofMinutes(2));
    TraceId job = worker.jobs().newest().orElseThrow();
    jobs.values.keySet().removeIf(key -> key.startsWith("lease:"));
    clock.advance(GRACE);
    assertThat(look(HOURLY).calls().stalled()).containsExactly(job);
  }

  @Test
  void aJobThatWaitsForItsWorkflowsHasCalledAll() {
    register("a", "b", "c");
    SchedulerWorker worker = builder().build();
    worker.runNow(KpiSelection.all());
    pass(GRACE.plusMinutes(1));
    ScheduleReport report = look(HOURLY);
    assertThat(report.schedule()).isEqualTo(ScheduleId.MANUAL);
    assertThat(report.isWell()).isTrue();
    assertThat(report.calls().expected()).isEqualTo(3);
    assertThat(report.calls().called()).isEqualTo(3);
  }

  @Test
  void recordsAreReadOnceOnly() {
    register("a");
    SchedulerWorker worker = start(HOURLY);
    pass(Duration.ofMinutes(10));
    TraceId job = worker.jobs().newest().orElseThrow();
    ScheduleWatch watch = watch(HOURLY);
    assertThat(only(watch.look()).calls().called()).isEqualTo(1);
    jobs.values.put("job:" + job, "no record");
    assertThat(only(watch.look()).calls().called()).isEqualTo(1);
    assertThat(look(HOURLY).calls().stalled())
        .as("a fresh look has to read what cannot be read")
        .containsExactly(job);
  }

  @Test
  void aJobThatIsNotThereIsMissing() {
    register("a");
    SchedulerWorker worker = start(HOURLY);
    pass(Duration.ofMinutes(70));
    TraceId job = worker.jobs().newest().orElseThrow();
    assertThat(look(HOURLY).isWell()).isTrue();
    jobs.values.remove("job:" + job);
    jobs.values.remove(JobSummary.key(job));
    assertThat(look(HOURLY).calls().missing()).containsExactly(job);
    assertThat(look(HOURLY).isWell()).isFalse();
  }

  @Test
  void jitterIsNoDelay() {
    register("a");
    Schedule spread = HOURLY.withPolicy(SchedulePolicy.DEFAULT.withJitter(Duration.ofMinutes(50)));
    start(spread);
    for (int i = 0; i < 40; i++) {
      pass(Duration.ofMinutes(10));
      assertThat(look(spread).isWell()).isTrue();
    }
  }

  @Test
  void whatIsUndecidedStaysSoForMoreThanADay() {
    register("a");
    Schedule atNoon = daily("0 12 * * *");
    startAndStop(atNoon);
    clock.advance(Duration.ofHours(24).plusMinutes(3));
    assertThat(look(atNoon).overdueSince()).contains(NOON);
    clock.advance(Duration.ofDays(5));
    assertThat(look(atNoon).overdue()).isEqualTo(6);
    assertThat(look(atNoon).overdueSince()).contains(NOON);
  }

  @Test
  void aLeaseThatIsNoneIsNobodys() {
    register("a");
    trigger.atOnce = false;
    SchedulerWorker worker = start(HOURLY);
    pass(Duration.ofMinutes(2));
    TraceId job = worker.jobs().newest().orElseThrow();
    jobs.values.put("lease:" + job, "no lease");
    clock.advance(GRACE);
    assertThat(look(HOURLY).calls().stalled()).containsExactly(job);
  }

  @Test
  void aLongLeaseIsLeftItsTime() {
    register("a");
    trigger.atOnce = false;
    SchedulerWorker worker =
        builder().lease(Duration.ofMinutes(20)).schedule(HOURLY).build();
    worker.start();
    pass(Duration.ofMinutes(2));
    ScheduleWatch watch = watch(HOURLY);
    clock.advance(GRACE);
    assertThat(only(watch.look()).isWell()).isTrue();
    clock.advance(Duration.ofMinutes(20).minusSeconds(1));
    assertThat(only(watch.look()).isWell()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(only(watch.look()).calls().stalled()).hasSize(1);
  }

  @Test
  void ofManyJobsAllHaveTheirTurn() {
    register("a");
    trigger.atOnce = false;
    start(EVERY_MINUTE);
    pass(Duration.ofMinutes(50));
    jobs.values.keySet().removeIf(key -> key.startsWith("lease:"));
    clock.advance(GRACE);
    ScheduleWatch watch = watch(EVERY_MINUTE);
    assertThat(only(watch.look()).calls().stalled()).hasSize(20);
    clock.advance(Duration.ofMinutes(1));
    assertThat(only(watch.look()).calls().stalled()).hasSize(40);
    clock.advance(Duration.ofMinutes(1));
    assertThat(only(watch.look()).calls().stalled()).hasSizeGreaterThanOrEqualTo(50);
  }

  @Test
  void aRecordThatWasDeletedIsNoNewsForLong() {
    register("a");
    SchedulerWorker worker = start(HOURLY);
    pass(Duration.ofMinutes(10));
    TraceId job = worker.jobs().newest().orElseThrow();
    jobs.values.remove("job:" + job);
    jobs.values.remove(JobSummary.key(job));
    assertThat(look(HOURLY).calls().missing()).containsExactly(job);
    pass(Duration.ofHours(1));
    assertThat(look(HOURLY).calls().missing()).isEmpty();
  }
}
