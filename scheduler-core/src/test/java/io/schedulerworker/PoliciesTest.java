package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.CatchUp;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.HoursOfDay;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Overlap;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.SchedulePolicy;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.TriggerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of fires that were missed, were paused, or came while a job was going on. */
class PoliciesTest extends WorkerTestBase {
  private static final SchedulePolicy DEFAULT = SchedulePolicy.DEFAULT;

  /** In minutes. */
  private static final int DAY = 24 * 60;

  @BeforeEach
  void registry() {
    register("a");
  }

  private SchedulerWorker start(String cron, SchedulePolicy policy) {
    SchedulerWorker worker = builder().schedule(daily(cron).withPolicy(policy)).build();
    worker.start();
    executor.runAll();
    return worker;
  }

  /** A process that knew the schedule, and has been gone for some time. */
  private void downFor(String cron, Duration time) {
    close(start(cron, DEFAULT));
    clock.advance(time);
    executor.runAll();
  }

  private Ledger ledger() {
    return LedgerJson.read(jobs.values.get(Ledger.key(DAILY)));
  }

  private List<Instant> fired() {
    return trigger.requests.stream()
        .map(TriggerRequest::traceId)
        .map(traceId -> stored(traceId).metadata().fire().fireTime())
        .toList();
  }

  private static Instant minute(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }

  @Test
  void missedFiresRunOneAfterTheOtherTheOldestFirst() {
    downFor("*/10 * * * *", Duration.ofMinutes(38));
    trigger.atOnce = false;
    start("*/10 * * * *", DEFAULT.withCatchUp(CatchUp.ALL));

    pass(Duration.ofSeconds(30));
    assertThat(fired()).containsExactly(minute(0));
    trigger.held.remove().complete(OK);
    pass(Duration.ofSeconds(5));
    assertThat(fired()).containsExactly(minute(0), minute(10));
    trigger.held.remove().complete(OK);
    pass(Duration.ofSeconds(5));

    assertThat(fired()).containsExactly(minute(0), minute(10), minute(20));
    assertThat(ledger().fates()).extracting(Fate::late).containsOnly(Owed.Cause.MISSED);
    assertThat(ledger().owed()).extracting(Owed::fireTime).containsExactly(minute(30));
  }

  @Test
  void theNextWaitsForTheOneBeforeHoweverManyFiresComeMeanwhile() {
    downFor("* * * * *", Duration.ofMinutes(3));
    trigger.atOnce = false;
    start("* * * * *", DEFAULT.withCatchUp(CatchUp.ALL));
    pass(Duration.ofSeconds(5));
    assertThat(fired()).containsExactly(minute(1), minute(-1));
    trigger.atOnce = true;

    for (int round = 0; round < 110 * 12; round++) {
      clock.advance(Duration.ofSeconds(5));
      executor.runAll();
    }

    assertThat(ledger().fates()).extracting(Fate::late).containsOnlyOnce(Owed.Cause.MISSED);
    assertThat(ledger().owed()).extracting(Owed::fireTime).containsExactly(minute(0));
  }

  @Test
  void aFireThatFallsDueWhileOthersAreLetGoIsFired() {
    downFor("0 12 * * *", Duration.ofDays(3).plusMillis(89_900));
    jobs.replaced = key -> {
      if (key.equals(Ledger.key(DAILY)) && clock.now().isBefore(minute(3 * DAY))) {
        clock.advance(Duration.ofMillis(200));
      }
    };

    SchedulerWorker worker = start("0 12 * * *", DEFAULT.withCatchUp(CatchUp.NONE));
    pass(Duration.ofSeconds(50));

    assertThat(fired()).containsExactly(minute(3 * DAY));
    assertThat(worker.nextFireTime()).contains(minute(4 * DAY));
  }

  @Test
  void aFireAtItsTimeDoesNotWaitForThoseThatAreMadeUpFor() {
    downFor("*/10 * * * *", Duration.ofMinutes(38));
    trigger.atOnce = false;
    start("*/10 * * * *", DEFAULT.withCatchUp(CatchUp.ALL));

    pass(Duration.ofMinutes(4));

    assertThat(fired()).containsExactly(minute(0), minute(40));
  }

  @Test
  void outsideItsHoursNothingIsMadeUpFor() {
    downFor("0 12 * * *", Duration.ofHours(2));
    start("0 12 * * *", DEFAULT.withCatchUpHours(HoursOfDay.parse("22-6")));

    pass(Duration.ofHours(7));
    assertThat(fired()).isEmpty();
    assertThat(ledger().owed()).hasSize(1);
    pass(Duration.ofMinutes(62));

    assertThat(fired()).containsExactly(NOON);
    assertThat(ledger().owed()).isEmpty();
  }

  @Test
  void whatCannotBeMadeUpForIsTriedLessAndLessOften() {
    downFor("0 12 * * *", Duration.ofHours(2));
    config.failNext(Kind.UNAVAILABLE, 1_000);
    start("0 12 * * *", DEFAULT);

    pass(Duration.ofSeconds(60));
    assertThat(events.told).filteredOn(told -> told.startsWith("failed")).hasSizeBetween(5, 7);
    assertThat(events.told).doesNotContain("daily settled");
    config.before.clear();
    pass(Duration.ofSeconds(30));

    assertThat(fired()).containsExactly(NOON);
    assertThat(events.told).containsOnlyOnce("daily settled");
  }

  @Test
  void aDeletedRecordBringsNoFireBack() {
    start("0 12 * * *", DEFAULT);
    pass(Duration.ofMinutes(3));
    assertThat(fired()).containsExactly(NOON);
    jobs.values.keySet().removeIf(key -> key.startsWith(JobRecord.KEY_PREFIX));

    start("0 12 * * *", DEFAULT.withCatchUp(CatchUp.ALL));
    pass(Duration.ofMinutes(10));

    assertThat(trigger.requests).hasSize(1);
  }

  @Test
  void aPauseStopsFiresAtOnceAndOthersSeeItsEnd() {
    SchedulerWorker worker = start("* * * * *", DEFAULT);
    pass(Duration.ofSeconds(35));
    assertThat(fired()).hasSize(1);
    worker.schedules().pause(DAILY);

    pass(Duration.ofMinutes(3));
    assertThat(fired()).hasSize(1);
    assertThat(worker.nextFireTime()).isEmpty();
    worker.schedules().resume(DAILY);
    pass(Duration.ofMinutes(1));

    assertThat(fired()).hasSize(2);
    assertThat(ledger().fates())
        .extracting(Fate::reason)
        .containsExactly(null, SkipReason.PAUSED, SkipReason.PAUSED, SkipReason.PAUSED, null);
    assertThat(events.told).contains("daily paused", "daily resumed");
  }

  @Test
  void afterAPauseItsFiresAreMadeUpForWherePolicySaysSo() {
    SchedulerWorker worker = start("* * * * *", DEFAULT.withAfterPause(CatchUp.ALL));
    worker.schedules().pause(DAILY);
    pass(Duration.ofSeconds(100));
    assertThat(fired()).isEmpty();
    worker.schedules().resume(DAILY);

    pass(Duration.ofSeconds(15));

    assertThat(fired()).containsExactly(minute(-1), minute(0));
    assertThat(ledger().fates()).extracting(Fate::late).containsOnly(Owed.Cause.PAUSED);
  }

  @Test
  void whereJobsMayNotOverlapAFireIsSkipped() {
    trigger.atOnce = false;
    start("* * * * *", DEFAULT.withOverlap(Overlap.SKIP));
    pass(Duration.ofSeconds(95));
    assertThat(fired()).containsExactly(minute(-1));
    trigger.held.remove().complete(OK);

    pass(Duration.ofSeconds(60));

    assertThat(fired()).containsExactly(minute(-1), minute(1));
    assertThat(ledger().fate(minute(0))).map(Fate::reason).contains(SkipReason.OVERLAP);
    assertThat(events.told).containsOnlyOnce("1 fires of daily let go: overlap");
  }

  @Test
  void ifTheFireAtItsTimeIsSkippedTheNewestBeforeItIsMadeUpFor() {
    trigger.atOnce = false;
    SchedulerWorker worker = start("0 * * * *", DEFAULT.withOverlap(Overlap.SKIP));
    pass(Duration.ofSeconds(91));
    worker.stop();
    executor.runAll();
    clock.advance(Duration.ofHours(4).plusSeconds(20));
    start("0 * * * *", DEFAULT.withOverlap(Overlap.SKIP));
    pass(Duration.ofSeconds(30));
    assertThat(fired()).containsOnly(NOON);
    assertThat(ledger().fate(minute(240))).map(Fate::reason).contains(SkipReason.OVERLAP);

    trigger.held.forEach(call -> call.complete(OK));
    pass(Duration.ofSeconds(30));

    assertThat(fired()).endsWith(minute(180));
    assertThat(ledger().owed()).isEmpty();
    assertThat(ledger().fate(minute(120))).map(Fate::reason).contains(SkipReason.WINDOW_OVER);
  }

  @Test
  void aFireAtItsTimeMakesUpForThoseBeforeIt() {
    downFor("0 * * * *", Duration.ofMinutes(182));
    start("0 * * * *", DEFAULT);

    pass(Duration.ofSeconds(30));

    assertThat(fired()).containsExactly(minute(180));
    assertThat(ledger().owed()).isEmpty();
    assertThat(events.told)
        .containsSubsequence(
            "2 fires of daily let go: window over",
            "1 fires of daily put off: missed",
            "1 fires of daily let go: window over");
  }

  @Test
  void oneFireWaitsForTheEndOfTheJobAndFurtherOnesAreSkipped() {
    trigger.atOnce = false;
    start("* * * * *", DEFAULT.withOverlap(Overlap.QUEUE_ONE));
    pass(Duration.ofSeconds(155));
    assertThat(fired()).containsExactly(minute(-1));
    trigger.held.remove().complete(OK);

    pass(Duration.ofSeconds(5));

    assertThat(fired()).containsExactly(minute(-1), minute(0));
    assertThat(ledger().fate(minute(0))).map(Fate::late).contains(Owed.Cause.OVERLAP);
    assertThat(ledger().fate(minute(1))).map(Fate::reason).contains(SkipReason.OVERLAP);
  }

  @Test
  void whoWaitsForAJobDoesNotDrawAWaitBesides() {
    trigger.atOnce = false;
    SchedulerWorker worker = start("*/15 * * * *", DEFAULT.withOverlap(Overlap.QUEUE_ONE));
    pass(Duration.ofMinutes(18));
    assertThat(ledger().owed()).extracting(Owed::fireTime).containsExactly(minute(15));
    worker.stop();
    executor.runAll();
    clock.advance(Duration.ofMinutes(16));
    start("*/15 * * * *", DEFAULT.withCatchUpSpread(Duration.ofMinutes(10)));
    for (int second = 0; second < 600 && !fired().contains(minute(30)); second++) {
      pass(STEP);
    }
    assertThat(fired()).as("made up for beside the first").endsWith(minute(30));

    trigger.held.forEach(call -> call.complete(OK));
    pass(Duration.ofSeconds(10));

    assertThat(fired()).endsWith(minute(15));
  }

  @Test
  void aFireComesLaterByItsJitter() {
    SchedulePolicy policy = DEFAULT.withJitter(Duration.ofMinutes(30));
    start("0 12 * * *", policy);

    pass(Duration.ofSeconds(91));
    assertThat(fired()).isEmpty();
    pass(Duration.ofMinutes(30));

    assertThat(fired()).containsExactly(NOON);
    assertThat(events.told).noneMatch(told -> told.contains("put off"));
  }

  @Test
  void anEditOwesNothingForThePast() {
    downFor("*/10 * * * *", Duration.ofMinutes(38));
    start("*/5 * * * *", DEFAULT.withCatchUp(CatchUp.ALL));

    pass(Duration.ofMinutes(4));

    assertThat(fired()).containsExactly(minute(40));
    assertThat(ledger().fates().subList(0, 4))
        .allMatch(fate -> fate.reason() == SkipReason.WINDOW_OVER);
  }
}
