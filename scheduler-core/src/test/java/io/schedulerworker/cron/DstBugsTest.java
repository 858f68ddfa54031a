package io.schedulerworker.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bugs other schedulers had when clocks were changed, each by the thread that reported it. */
class DstBugsTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalDate SPRING = LocalDate.of(2025, 3, 9);
  private static final LocalDate AUTUMN = LocalDate.of(2025, 11, 2);

  private static List<ZonedDateTime> firesOn(String expression, LocalDate date) {
    Instant end = date.plusDays(1).atStartOfDay(NEW_YORK).toInstant();
    List<ZonedDateTime> fires = new ArrayList<>();
    CronExpression cron = CronExpression.parse(expression);
    ZonedDateTime next =
        cron.nextAfter(date.atStartOfDay(NEW_YORK).minusNanos(1)).orElseThrow();
    while (next.toInstant().isBefore(end)) {
      fires.add(next);
      next = cron.nextAfter(next).orElseThrow();
    }
    return fires;
  }

  private static List<String> instantsOn(String expression, LocalDate date) {
    return firesOn(expression, date).stream()
        .map(fire -> fire.toInstant().toString())
        .toList();
  }

  /** JobRunr's table: a daily job ran no times in spring or twice in autumn. */
  @Test
  void aDailyJobRunsOnceOnEveryDay() {
    assertThat(instantsOn("30 2 * * *", SPRING)).containsExactly("2025-03-09T07:00:00Z");
    assertThat(instantsOn("30 1 * * *", AUTUMN)).containsExactly("2025-11-02T05:30:00Z");
    for (int day = 0; day < 365; day++) {
      LocalDate date = LocalDate.of(2025, 1, 1).plusDays(day);
      assertThat(firesOn("30 2 * * *", date)).as("%s", date).hasSize(1);
      assertThat(firesOn("30 1 * * *", date)).as("%s", date).hasSize(1);
    }
  }

  /** JobRunr's table: the cure for daily jobs silenced frequent ones in the repeated hour. */
  @Test
  void anEveryMinuteJobIsNotSilencedInTheRepeatedHour() {
    assertThat(firesOn("* * * * *", AUTUMN)).hasSize(25 * 60);
    assertThat(firesOn("*/15 * * * *", AUTUMN)).hasSize(25 * 4);
    assertThat(firesOn("* * * * *", SPRING)).hasSize(23 * 60);
    assertThat(firesOn("0 * * * *", AUTUMN)).hasSize(25);
  }

  /** db-scheduler 662: the time of a daily job drifted for ever after the gap. */
  @Test
  void aDailyJobReturnsToItsTimeAfterTheGap() {
    CronExpression cron = CronExpression.parse("30 2 * * *");
    ZonedDateTime next = cron.nextAfter(SPRING.atStartOfDay(NEW_YORK)).orElseThrow();
    assertThat(next.toLocalTime()).isEqualTo(LocalTime.of(3, 0));
    for (int day = 1; day <= 30; day++) {
      next = cron.nextAfter(next).orElseThrow();
      assertThat(next.toLocalDateTime()).isEqualTo(SPRING.plusDays(day).atTime(2, 30));
    }
  }

  /** quartz 1104: a frequent job paused for an hour before summer time ended. */
  @Test
  void aFrequentJobKeepsItsPaceThroughBothChanges() {
    CronExpression cron = CronExpression.parse("*/5 * * * *");
    for (LocalDate date : List.of(SPRING, AUTUMN)) {
      ZonedDateTime fire = cron.nextAfter(date.atStartOfDay(NEW_YORK)).orElseThrow();
      for (int i = 0; i < 100; i++) {
        ZonedDateTime next = cron.nextAfter(fire).orElseThrow();
        assertThat(Duration.between(fire, next)).isEqualTo(Duration.ofMinutes(5));
        fire = next;
      }
    }
  }

  /** jobrunr 1145: a job was queued again and again all through the repeated hour. */
  @Test
  void aDailyJobIsOverFromItsFireToTheNextDay() {
    CronExpression cron = CronExpression.parse("0 1 * * *");
    ZonedDateTime tomorrow = AUTUMN.plusDays(1).atTime(1, 0).atZone(NEW_YORK);
    ZonedDateTime fire = Instant.parse("2025-11-02T05:00:00Z").atZone(NEW_YORK);
    for (int minute = 0; minute < 180; minute++) {
      ZonedDateTime moment = fire.plusMinutes(minute);
      assertThat(cron.nextAfter(moment)).contains(tomorrow);
      assertThat(cron.matches(moment)).isEqualTo(minute == 0);
    }
  }

  /** jobrunr 598: the whole cluster died at the change. */
  @Test
  void everyMomentAroundAChangeHasAnAnswer() {
    for (String text : List.of("30 2 * * *", "30 1 * * *", "*/7 1-3 * * *", "* * * * *")) {
      CronExpression cron = CronExpression.parse(text);
      for (LocalDate date : List.of(SPRING, AUTUMN)) {
        ZonedDateTime moment = date.atStartOfDay(NEW_YORK);
        for (int i = 0; i < 5 * 3600; i += 13) {
          ZonedDateTime asked = moment.plusSeconds(i);
          assertThat(cron.nextAfter(asked).orElseThrow()).isAfter(asked);
        }
      }
    }
  }

  @Test
  void aFireAtTheEndOfAGapMatches() {
    CronExpression cron = CronExpression.parse("30 2 * * *");
    ZonedDateTime end = SPRING.atTime(3, 0).atZone(NEW_YORK);
    assertThat(cron.matches(end)).isTrue();
    assertThat(cron.matches(end.plusSeconds(59))).isTrue();
    assertThat(cron.matches(end.plusMinutes(1))).isFalse();
    assertThat(cron.matches(end.minusMinutes(1))).isFalse();
    assertThat(cron.matches(end.plusMinutes(30))).isFalse();
    assertThat(CronExpression.parse("30 1 * * *").matches(end)).isFalse();
    assertThat(CronExpression.parse("*/30 2 * * *").matches(end)).isFalse();
  }

  /** Monrovia's clock went from 00:00:00 to 00:44:30: the next whole minute is the fire. */
  @Test
  void aGapThatEndsWithinAMinuteFiresAtTheNextOne() {
    CronExpression cron = CronExpression.parse("20 0 * * *");
    ZoneId monrovia = ZoneId.of("Africa/Monrovia");
    ZonedDateTime end = ZonedDateTime.parse("1972-01-07T00:44:30Z").withZoneSameInstant(monrovia);
    ZonedDateTime fire = end.plusSeconds(30);
    assertThat(cron.nextAfter(end.minusNanos(1))).contains(fire);
    assertThat(cron.nextAfter(end)).contains(fire);
    assertThat(cron.nextAfter(fire.minusNanos(1))).contains(fire);
    assertThat(cron.nextAfter(fire).map(ZonedDateTime::getDayOfMonth)).contains(8);
    assertThat(cron.matches(end)).isFalse();
    assertThat(cron.matches(fire)).isTrue();
    assertThat(CronExpression.parse("44 0 * * *").nextAfter(end)).contains(fire);
    assertThat(CronExpression.parse("44 0 * * *").matches(end)).isFalse();
    assertThat(CronExpression.parse("45 0 * * *").nextAfter(end)).contains(fire);
    assertThat(CronExpression.parse("* * * * *").nextAfter(end)).contains(fire);
    assertThat(CronExpression.parse("* * * * *").matches(end)).isFalse();
  }

  @Test
  void bothPassesAreToldApartByTheirOffset() {
    CronExpression everyHalfHour = CronExpression.parse("*/30 1 * * *");
    CronExpression daily = CronExpression.parse("30 1 * * *");
    ZonedDateTime first = AUTUMN.atTime(1, 30).atZone(NEW_YORK).withEarlierOffsetAtOverlap();
    ZonedDateTime second = first.withLaterOffsetAtOverlap();
    assertThat(everyHalfHour.nextAfter(first)).contains(second.minusMinutes(30));
    assertThat(everyHalfHour.nextAfter(second.minusMinutes(1))).contains(second);
    assertThat(everyHalfHour.matches(first)).isTrue();
    assertThat(everyHalfHour.matches(second)).isTrue();
    assertThat(daily.matches(first)).isTrue();
    assertThat(daily.matches(second)).isFalse();
    assertThat(daily.nextAfter(first.minusMinutes(1))).contains(first);
  }
}
