package io.schedulerworker.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No expression costs more than 5 000 looks at a month, and every answer is later than asked. */
class SearchCostTest {
  private static final int MOST_STEPS = 5_000;
  private static final ZonedDateTime NOW = ZonedDateTime.parse("2025-08-14T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 30 2 *",
        "0 0 31 2,4,6,9,11 *",
        "0 0 31W 4 *",
        "0 0 31W 2,4,6,9,11 *",
        "0 0 L-29 2 *",
        "0 0 L-30 2,4,6,9,11 *",
        "0 0 L-30W 2,4,6,9,11 *",
        "* * 30-31 2 *",
      })
  void looksFourHundredYearsAheadAndNoFurther(String expression) {
    ZonedSearch search = CronExpression.parse(expression).search(NOW);
    assertThat(search.nextAfter(NOW)).isNull();
    int months = Integer.bitCount(monthsOf(expression));
    assertThat(search.steps()).isBetween(400 * months, 401 * months);
  }

  private static int monthsOf(String expression) {
    FieldReader month = new FieldReader(expression, Field.MONTH, 0, 0);
    assertThat(month.atEnd()).isTrue();
    String field = expression.split(" ", -1)[3];
    return (int) new ValueParser(new FieldReader(field, Field.MONTH, 0, field.length())).parse();
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 * 2 MON#5, 2072-03-01T00:00, 2112-02-29T00:00",
    "0 0 29 2 *, 2096-03-01T00:00, 2104-02-29T00:00",
    "0 0 1 1 *, 2025-01-01T00:00, 2026-01-01T00:00",
    "0 0 L-28 2 *, 2096-03-01T00:00, 2104-02-01T00:00",
  })
  void looksAtOneMonthAYearIfThereIsOne(
      String expression, LocalDateTime after, LocalDateTime expected) {
    ZonedDateTime moment = after.atZone(ZoneOffset.UTC);
    ZonedSearch search = CronExpression.parse(expression).search(moment);
    assertThat(search.nextAfter(moment)).isEqualTo(expected.atZone(ZoneOffset.UTC));
    assertThat(search.steps()).isLessThanOrEqualTo(expected.getYear() - after.getYear() + 1);
  }

  @Test
  void looksAtOneMonthForAnOrdinaryFire() {
    ZonedSearch search = CronExpression.parse("30 9 * * *").search(NOW);
    search.nextAfter(NOW);
    assertThat(search.steps()).isEqualTo(1);
  }

  @Test
  void randomExpressionsStayWithinTheBound() {
    Random random = new Random(3);
    List<ZoneId> zones = zones();
    for (int i = 0; i < 8_000; i++) {
      ZoneId zone = zones.get(random.nextInt(zones.size()));
      LocalDateTime local = LocalDateTime.of(1800 + random.nextInt(700), 1, 1, 0, 0)
          .plusSeconds(random.nextInt(366 * 86_400));
      assertBoundedAndLater(CronExpression.parse(Expressions.any(random)), local.atZone(zone));
    }
  }

  /** Made to fall into the gap of a zone every year, so that no fire time is ever found. */
  @Test
  void flowingExpressionsInsideGapsStayWithinTheBound() {
    for (ZoneId zone : zones()) {
      ZoneOffsetTransition change = zone.getRules().nextTransition(NOW.toInstant());
      for (int i = 0; i < 2 && change != null; i++) {
        LocalDateTime local = change.getDateTimeBefore();
        int weekday = local.getDayOfWeek().getValue() % 7 + 1;
        int nth = (local.getDayOfMonth() + 6) / 7;
        String time = "*/59 " + local.getHour() + " ";
        for (String date : List.of(
            "* " + local.getMonthValue() + " " + weekday + "#" + nth,
            "* " + local.getMonthValue() + " " + weekday + "L",
            local.getDayOfMonth() + " " + local.getMonthValue() + " *",
            "31W 2,4,6,9,11 " + weekday + "L",
            "* * " + weekday + "#" + nth)) {
          assertBoundedAndLater(CronExpression.parse(time + date), NOW.withZoneSameInstant(zone));
        }
        change = zone.getRules().nextTransition(change.getInstant());
      }
    }
  }

  @Test
  void neverFiresInAGapThatComesEveryYear() {
    ZonedDateTime moment = NOW.withZoneSameInstant(ZoneId.of("America/New_York"));
    ZonedSearch search = CronExpression.parse("*/15 2 * 3 SUN#2").search(moment);
    assertThat(search.nextAfter(moment)).isNull();
    assertThat(search.steps()).isBetween(400, MOST_STEPS);
  }

  /** Around every change of every clock, to the second, with the odd offsets of old times. */
  @Test
  void answersAreLaterAroundEveryChange() {
    List<CronExpression> crons = List.of(
        CronExpression.parse("* * * * *"),
        CronExpression.parse("0-59 0-23 * * *"),
        CronExpression.parse("30 0-4 * * *"));
    Set<ZoneRules> seen = new HashSet<>();
    for (ZoneId zone : zones()) {
      if (!seen.add(zone.getRules())) {
        continue; // another name of the same clock
      }
      for (ZoneOffsetTransition change : zone.getRules().getTransitions()) {
        for (int seconds : new int[] {-61, -1, 0, 31, 60, 1800}) {
          ZonedDateTime moment = change.getInstant().plusSeconds(seconds).atZone(zone);
          for (CronExpression cron : crons) {
            assertBoundedAndLater(cron, moment);
          }
        }
      }
    }
  }

  private static void assertBoundedAndLater(CronExpression cron, ZonedDateTime moment) {
    ZonedSearch search = cron.search(moment);
    ZonedDateTime next = search.nextAfter(moment);
    if (search.steps() > MOST_STEPS || (next != null && !isSound(cron, moment, next))) {
      throw new AssertionError(cron + " after " + moment + ": " + next + ", " + search.steps());
    }
  }

  private static boolean isSound(CronExpression cron, ZonedDateTime moment, ZonedDateTime next) {
    return next.toInstant().isAfter(moment.toInstant())
        && next.getSecond() == 0
        && cron.matches(next)
        && cron.matches(next.plusSeconds(1)) == sameMinute(next);
  }

  /** Whether the clock still shows the same minute a second later. */
  private static boolean sameMinute(ZonedDateTime moment) {
    return moment.plusSeconds(1).getMinute() == moment.getMinute();
  }

  private static List<ZoneId> zones() {
    return ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();
  }

  @Test
  void theEndOfTimeIsNoError() {
    for (ZoneId zone : zones()) {
      for (String expression : List.of("* * * * *", "59 23 31 12 *", "0 0 29 2 *", "0 1-3 * * 1")) {
        CronExpression cron = CronExpression.parse(expression);
        assertThat(cron.nextAfter(LocalDateTime.MAX.atZone(zone))).isEmpty();
        assertThat(cron.nextAfter(LocalDateTime.MIN.atZone(zone))).isPresent();
        assertThat(cron.matches(LocalDateTime.MAX.atZone(zone)))
            .isEqualTo(expression.equals("* * * * *") || expression.startsWith("59"));
        assertThat(cron.matches(LocalDateTime.MIN.atZone(zone)))
            .isEqualTo(expression.equals("* * * * *"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "* * * * *, +999999999-12-31T23:58:59, +999999999-12-31T23:59",
    "0 0 31 12 *, +999999990-12-31T00:00, +999999991-12-31T00:00",
  })
  void theLastFireTimesAreFound(String expression, LocalDateTime after, LocalDateTime expected) {
    assertThat(CronExpression.parse(expression).nextAfter(after.atZone(ZoneOffset.UTC)))
        .contains(expected.atZone(ZoneOffset.UTC));
  }
}
