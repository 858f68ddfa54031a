package io.schedulerworker.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.CatchUp;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.Owed.Cause;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SchedulePolicy;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is decided about fires that pass. */
class AgendaTest {
  private static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");
  private static final SchedulePolicy ONCE = SchedulePolicy.DEFAULT;
  private static final SchedulePolicy ALL = ONCE.withCatchUp(CatchUp.ALL);
  private static final SchedulePolicy NONE = ONCE.withCatchUp(CatchUp.NONE);

  private static final TraceId JOB = TraceId.ofFire(new ScheduleId("daily"), NOON, 0);

  private static Schedule schedule(String cron, SchedulePolicy policy) {
    return new Schedule(new ScheduleId("daily"), cron, ZoneOffset.UTC).withPolicy(policy);
  }

  private static Agenda agenda(Ledger ledger, Schedule schedule, Instant now) {
    return Agenda.of(ledger, FireTimes.of(schedule), schedule.policy(), now, Duration.ZERO, "me");
  }

  private static Agenda agenda(String cron, SchedulePolicy policy, Instant since, Instant now) {
    Schedule schedule = schedule(cron, policy);
    return agenda(Ledger.of(schedule, since), schedule, now);
  }

  private static List<Instant> owed(Agenda agenda) {
    return agenda.ledger().owed().stream().map(Owed::fireTime).toList();
  }

  private static List<Instant> skipped(Agenda agenda, SkipReason reason) {
    return agenda.ledger().fates().stream()
        .filter(fate -> fate.reason() == reason)
        .map(Fate::fireTime)
        .toList();
  }

  private static Instant hour(int hours) {
    return NOON.plus(Duration.ofHours(hours));
  }

  private static Instant minute(int minutes) {
    return NOON.plus(Duration.ofMinutes(minutes));
  }

  @Test
  void nothingIsDecidedBeforeItsTime() {
    Agenda agenda = agenda("0 12 * * *", ONCE, NOON.minusSeconds(60), NOON.minusSeconds(1));

    assertThat(agenda.isEmpty()).isTrue();
    assertThat(agenda.onTime()).isEmpty();
  }

  @Test
  void aFireUpToAMinuteLateIsOnTime() {
    assertThat(agenda("0 12 * * *", NONE, hour(-1), NOON.plusSeconds(60)).onTime())
        .contains(NOON);
    assertThat(agenda("0 12 * * *", NONE, hour(-1), NOON.plusSeconds(61)).onTime())
        .isEmpty();
  }

  @Test
  void ofThoseOnTimeTheOldestIsFirst() {
    Agenda agenda = agenda("* * * * *", ONCE, NOON.minusSeconds(1), minute(1));

    assertThat(agenda.onTime()).contains(NOON);
    assertThat(agenda.isEmpty()).isTrue();
  }

  @Test
  void ofThoseMissedTheNewestIsMadeUpFor() {
    Agenda agenda = agenda("0 * * * *", ONCE, NOON.minusSeconds(1), minute(150));

    assertThat(owed(agenda)).containsExactly(hour(2));
    assertThat(skipped(agenda, SkipReason.WINDOW_OVER)).containsExactly(NOON, hour(1));
    assertThat(agenda.ledger().settledUntil()).isEqualTo(hour(2));
    assertThat(agenda.notes())
        .containsExactly(
            new Agenda.Note(SkipReason.WINDOW_OVER, null, 2, hour(1)),
            new Agenda.Note(null, Cause.MISSED, 1, hour(2)));
  }

  @Test
  void oneThatComesOnTimeMakesUpForThoseBeforeIt() {
    Agenda agenda = agenda("* * * * *", ONCE, NOON.minusSeconds(1), NOON.plusSeconds(190));

    assertThat(agenda.onTime()).contains(minute(3));
    assertThat(agenda.ledger().owed()).containsExactly(unlessTheNextIsAJob());
    assertThat(skipped(agenda, SkipReason.WINDOW_OVER)).containsExactly(NOON, minute(1));
    Ledger ledger = agenda.ledger().settled(Fate.job(minute(3), JOB, "me"));
    Agenda later = agenda(ledger, schedule("* * * * *", ONCE), NOON.plusSeconds(191));

    assertThat(owed(later)).isEmpty();
    assertThat(skipped(later, SkipReason.WINDOW_OVER)).containsExactly(NOON, minute(1), minute(2));
    assertThat(later.notes())
        .containsExactly(new Agenda.Note(SkipReason.WINDOW_OVER, null, 1, minute(2)));
  }

  private static Owed unlessTheNextIsAJob() {
    return new Owed(minute(2), Cause.MISSED, NOON.plusSeconds(190), minute(3));
  }

  @Test
  void oneThatComesOnTimeAndIsNoJobMakesUpForNothing() {
    Schedule schedule = schedule("* * * * *", ONCE);
    Ledger ledger = agenda("* * * * *", ONCE, NOON.minusSeconds(1), NOON.plusSeconds(190))
        .ledger()
        .settled(Fate.skipped(minute(3), SkipReason.OVERLAP, null, "me"));

    Agenda later = agenda(ledger, schedule, NOON.plusSeconds(191));

    assertThat(later.isEmpty()).isTrue();
    assertThat(ledger.owed()).containsExactly(unlessTheNextIsAJob());
  }

  @Test
  void itHasNoTurnBeforeThatIsKnown() {
    Ledger open =
        agenda("* * * * *", ONCE, NOON.minusSeconds(1), NOON.plusSeconds(190)).ledger();
    Ledger settled = open.settled(Fate.skipped(minute(3), SkipReason.OVERLAP, null, "me"));
    Turns turns = new Turns(ONCE, ZoneOffset.UTC);

    assertThat(turns.at(NOON.plusSeconds(191), open)).isEmpty();
    assertThat(turns.at(NOON.plusSeconds(191), settled)).containsExactly(unlessTheNextIsAJob());
  }

  @Test
  void allAreMadeUpForTheOldestFirstBesideTheOneOnTime() {
    Agenda agenda = agenda("* * * * *", ALL, NOON.minusSeconds(1), NOON.plusSeconds(190));

    assertThat(agenda.onTime()).contains(minute(3));
    assertThat(owed(agenda)).containsExactly(NOON, minute(1), minute(2));
  }

  @Test
  void ofVeryManyTheNewestHundredAreMadeUpFor() {
    Agenda agenda = agenda("* * * * *", ALL, NOON, minute(600).plusSeconds(1));

    assertThat(owed(agenda)).hasSize(100).startsWith(minute(500)).endsWith(minute(599));
    assertThat(skipped(agenda, SkipReason.WINDOW_OVER))
        .hasSize(50)
        .startsWith(minute(450))
        .endsWith(minute(499));
    assertThat(agenda.notes().get(0).count()).isEqualTo(499);
  }

  @Test
  void howeverManyAreLetGoTheJobsBeforeThemAreRemembered() {
    Schedule schedule = schedule("* * * * *", ALL);
    Ledger ledger = agenda(Ledger.of(schedule, NOON), schedule, minute(200)).ledger();
    TraceId job = TraceId.ofFire(schedule.id(), minute(199), 0);
    ledger = ledger.settled(Fate.job(minute(199), job, "me"));
    assertThat(ledger.owed()).hasSize(100);

    Agenda agenda = agenda(ledger, schedule, minute(3_000));

    assertThat(agenda.ledger().fate(minute(199))).map(Fate::job).contains(job);
    assertThat(agenda.ledger().fates()).hasSizeLessThanOrEqualTo(Ledger.FATES);
    assertThat(skipped(agenda, SkipReason.WINDOW_OVER))
        .startsWith(minute(50))
        .endsWith(minute(2_898))
        .hasSize(99);
  }

  @Test
  void noneIsMadeUpForWhereThePolicySaysSo() {
    Agenda agenda = agenda("0 * * * *", NONE, NOON.minusSeconds(1), minute(150));

    assertThat(owed(agenda)).isEmpty();
    assertThat(skipped(agenda, SkipReason.WINDOW_OVER)).containsExactly(NOON, hour(1), hour(2));
  }

  @Test
  void whatWasMissedBeforeTheWindowIsLetGo() {
    Agenda agenda = agenda("0 12 1 * *", ALL, NOON.minus(Duration.ofDays(30)), NOON);

    assertThat(owed(agenda)).isEmpty();
    assertThat(skipped(agenda, SkipReason.WINDOW_OVER))
        .containsExactly(Instant.parse("2025-08-01T12:00:00Z"));
  }

  @Test
  void whatIsOwedForLongerThanTheWindowIsLetGo() {
    Schedule schedule = schedule("0 12 * * *", ONCE.withCatchUpWindow(Duration.ofHours(2)));
    Ledger ledger = agenda(Ledger.of(schedule, hour(-1)), schedule, hour(1)).ledger();
    assertThat(ledger.owed()).hasSize(1);

    assertThat(agenda(ledger, schedule, hour(2)).isEmpty()).isTrue();
    Agenda later = agenda(ledger, schedule, hour(2).plusSeconds(1));

    assertThat(later.ledger().owed()).isEmpty();
    assertThat(later.ledger().fates())
        .containsExactly(
            Fate.skipped(NOON, SkipReason.WINDOW_OVER, "longer ago than the catch-up window", "me")
                .late(Cause.MISSED));
  }

  @Test
  void aNewerMissedFireTakesThePlaceOfTheOneThatIsOwed() {
    Schedule schedule = schedule("0 * * * *", ONCE);
    Ledger ledger =
        agenda(Ledger.of(schedule, minute(-1)), schedule, minute(10)).ledger();

    Agenda later = agenda(ledger, schedule, minute(70));

    assertThat(owed(later)).containsExactly(hour(1));
    assertThat(later.ledger().fate(NOON)).map(Fate::reason).contains(SkipReason.WINDOW_OVER);
  }

  @Test
  void theFiresOfAPauseFollowARuleOfTheirOwn() {
    Schedule schedule = schedule("0 * * * *", ALL);
    Ledger ledger = Ledger.of(schedule, minute(-1)).paused(minute(30)).resumed(minute(150));

    Agenda agenda = agenda(ledger, schedule, minute(190));

    assertThat(owed(agenda)).containsExactly(NOON, hour(3));
    assertThat(skipped(agenda, SkipReason.PAUSED)).containsExactly(hour(1), hour(2));
    assertThat(agenda.ledger().pauses()).isEmpty();
  }

  @Test
  void whatIsPausedIsDecidedAsItFallsDue() {
    Schedule schedule = schedule("0 * * * *", ONCE.withAfterPause(CatchUp.ONCE));
    Ledger ledger = Ledger.of(schedule, minute(-1)).paused(minute(-1));

    Agenda first = agenda(ledger, schedule, minute(1));
    assertThat(first.onTime()).isEmpty();
    assertThat(owed(first)).containsExactly(NOON);
    Agenda second = agenda(first.ledger(), schedule, minute(61));

    assertThat(owed(second)).containsExactly(hour(1));
    assertThat(skipped(second, SkipReason.PAUSED)).containsExactly(NOON);
  }

  @Test
  void aFireThatWasStillOnTimeBelongsToThePause() {
    Schedule schedule = schedule("0 * * * *", ALL);
    Ledger ledger = Ledger.of(schedule, minute(-1)).paused(NOON.plusSeconds(10));

    Agenda agenda = agenda(ledger, schedule, NOON.plusSeconds(11));

    assertThat(skipped(agenda, SkipReason.PAUSED)).containsExactly(NOON);
  }

  @Test
  void theFiresOfALongPauseAreOwedHoweverLongItWas() {
    Schedule schedule = schedule("0 12 * * *", NONE.withAfterPause(CatchUp.ALL));
    Ledger ledger = Ledger.of(schedule, hour(-1)).paused(hour(-1));

    Agenda agenda = agenda(ledger, schedule, hour(24 * 9));

    assertThat(owed(agenda)).hasSize(10);
    assertThat(agenda(agenda.ledger(), schedule, hour(24 * 10 - 1)).isEmpty()).isTrue();
  }

  @Test
  void aFireComesLaterByItsJitterAndBeforeTheNext() {
    Schedule schedule = schedule("0 * * * *", ONCE.withJitter(Duration.ofHours(5)));
    FireTimes times = FireTimes.of(schedule);

    for (int hour = 0; hour < 200; hour++) {
      Instant due = times.due(hour(hour));
      assertThat(due).isBetween(hour(hour), hour(hour + 1)).isBefore(hour(hour + 1));
      assertThat(FireTimes.of(schedule).due(hour(hour))).isEqualTo(due);
      Ledger ledger = Ledger.of(schedule, hour(hour).minusSeconds(1));
      assertThat(agenda(ledger, schedule, due.minusMillis(1)).onTime()).isEmpty();
      assertThat(agenda(ledger, schedule, due).onTime()).contains(hour(hour));
    }
  }
}
