package io.schedulerworker.cron;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fire times against a clock that is watched minute by minute. */
class FireTimesTest {
  private static final int MINUTE = 60;

  @ParameterizedTest
  @CsvSource({
    "UTC, 2024-02-27T12:00, 4",
    "+05:30, 2024-02-27T12:00, 4",
    "America/New_York, 2025-03-08T00:00, 3",
    "America/New_York, 2025-11-01T00:00, 3",
    "America/St_Johns, 2010-03-13T00:00, 3",
    "America/St_Johns, 2010-11-06T00:00, 3",
    "America/Sao_Paulo, 2018-11-03T00:00, 3",
    "America/Sao_Paulo, 2019-02-16T00:00, 3",
    "Antarctica/Troll, 2023-03-25T00:00, 3",
    "Antarctica/Troll, 2023-10-28T00:00, 3",
    "Asia/Dhaka, 2009-06-18T00:00, 3",
    "Australia/Lord_Howe, 2024-10-05T00:00, 3",
    "Australia/Lord_Howe, 2024-04-06T00:00, 3",
    "Europe/London, 2050-03-26T00:00, 3",
    "Europe/London, 2050-10-29T00:00, 3",
    "Pacific/Apia, 2011-12-29T00:00, 4",
    "Pacific/Kwajalein, 1993-08-20T00:00, 4",
  })
  void agreesWithAWatchedClock(String zone, LocalDateTime start, int days) {
    Random random = new Random(zone.hashCode());
    for (int i = 0; i < 25; i++) {
      assertAgreement(Expressions.nightly(random), start.atZone(ZoneId.of(zone)), days, random);
    }
  }

  private static void assertAgreement(
      String expression, ZonedDateTime start, int days, Random random) {
    Instant first = start.truncatedTo(MINUTES).toInstant();
    Instant end = first.plus(Duration.ofDays(days));
    NavigableSet<Instant> fires = ClockScan.fires(expression, start, end, tick(start, end));
    CronExpression cron = CronExpression.parse(expression);
    assertThat(firesOf(cron, start, end)).as(expression).isEqualTo(fires);
    for (int i = 0; i < 100; i++) {
      Instant moment = first.plusSeconds(random.nextInt(days * 86_400));
      assertNext(cron, moment.atZone(start.getZone()), fires, end);
      assertMatches(cron, moment.atZone(start.getZone()), start, fires);
    }
    for (Instant fire : fires) {
      assertNext(cron, fire.minusNanos(1).atZone(start.getZone()), fires, end);
      assertMatches(cron, fire.plusSeconds(59).atZone(start.getZone()), start, fires);
    }
  }

  /** Old clocks were not set by the minute; these must be watched second by second. */
  private static int tick(ZonedDateTime start, Instant end) {
    boolean wholeMinutes = start.getOffset().getTotalSeconds() % MINUTE == 0
        && end.atZone(start.getZone()).getOffset().getTotalSeconds() % MINUTE == 0;
    return wholeMinutes ? MINUTE : 1;
  }

  private static NavigableSet<Instant> firesOf(
      CronExpression cron, ZonedDateTime start, Instant end) {
    NavigableSet<Instant> fires = new TreeSet<>();
    Optional<ZonedDateTime> next = cron.nextAfter(start);
    while (next.isPresent() && !next.get().toInstant().isAfter(end)) {
      fires.add(next.get().toInstant());
      next = cron.nextAfter(next.get());
    }
    return fires;
  }

  private static void assertNext(
      CronExpression cron, ZonedDateTime moment, NavigableSet<Instant> fires, Instant end) {
    Optional<Instant> next = cron.nextAfter(moment).map(ZonedDateTime::toInstant);
    Instant expected = fires.higher(moment.toInstant());
    if (expected == null) {
      assertThat(next.filter(fire -> !fire.isAfter(end)))
          .as("%s %s", cron, moment)
          .isEmpty();
    } else {
      assertThat(next).as("%s %s", cron, moment).contains(expected);
    }
  }

  private static void assertMatches(
      CronExpression cron, ZonedDateTime moment, ZonedDateTime start, NavigableSet<Instant> fires) {
    ZonedDateTime minute = moment.minusSeconds(moment.getSecond());
    boolean shown = minute.toLocalDateTime().equals(moment.toLocalDateTime().truncatedTo(MINUTES));
    if (minute.isAfter(start)) {
      assertThat(cron.matches(moment))
          .as("%s %s", cron, moment)
          .isEqualTo(shown && fires.contains(minute.toInstant()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Africa/Monrovia, 1972-01-06T12:00",
    "America/Juneau, 1867-10-18T12:00",
    "Europe/Amsterdam, 1937-06-30T12:00",
    "America/New_York, 1883-11-18T00:00",
    "Asia/Kolkata, 1941-09-30T12:00",
    "Europe/Dublin, 1916-10-01T00:00",
  })
  void agreesWithAClockWatchedBySeconds(String zone, LocalDateTime start) {
    Random random = new Random(7);
    for (int i = 0; i < 5; i++) {
      assertAgreement(Expressions.nightly(random), start.atZone(ZoneId.of(zone)), 1, random);
    }
  }

  /** Dates alone, over centuries: the expressions fire once a day, at midnight. */
  @ParameterizedTest
  @CsvSource({"1, 1890", "2, 1990", "3, 2090", "4, 2390", "5, -10"})
  void agreesOnDates(int seed, int year) {
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      String[] fields = Expressions.any(random).split("[ \t]+", -1);
      String expression = "0 0 " + fields[2] + " " + fields[3] + " " + fields[4];
      assertAgreementOnDates(expression, LocalDateTime.of(year, 1, 1, 0, 0), 10 * 366);
    }
  }

  private static void assertAgreementOnDates(String expression, LocalDateTime start, int days) {
    PlainCron plain = new PlainCron(expression);
    CronExpression cron = CronExpression.parse(expression);
    Optional<ZonedDateTime> next = cron.nextAfter(start.minusNanos(1).atZone(ZoneId.of("UTC")));
    for (int day = 0; day < days; day++) {
      LocalDateTime midnight = start.plusDays(day);
      boolean expected = plain.matches(midnight);
      boolean fires =
          next.map(ZonedDateTime::toLocalDateTime).filter(midnight::equals).isPresent();
      if (fires != expected) {
        throw new AssertionError(cron + " should fire on " + midnight + ": " + expected);
      }
      if (fires) {
        next = cron.nextAfter(next.get());
      }
    }
  }

  @Property(tries = 300)
  void agreesWithAWatchedClockOnAnyExpression(
      @ForAll("expressions") String expression, @ForAll("starts") ZonedDateTime start) {
    assertAgreement(expression, start, 2, new Random(1));
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.oneOf(
        Arbitraries.randomValue(Expressions::nightly), Arbitraries.randomValue(Expressions::any));
  }

  /** A day before a change of the clock since 1975, when all of them were set by the minute. */
  @Provide
  Arbitrary<ZonedDateTime> starts() {
    Arbitrary<ZoneId> zones =
        Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList()).map(ZoneId::of);
    Arbitrary<Integer> hours = Arbitraries.integers().between(0, 60 * 365 * 24);
    return zones.flatMap(zone -> hours.map(hour -> beforeChange(zone, hour)));
  }

  private static ZonedDateTime beforeChange(ZoneId zone, int hour) {
    Instant moment = Instant.parse("1975-01-01T00:00:00Z").plus(Duration.ofHours(hour));
    var change = zone.getRules().nextTransition(moment);
    Instant near = change == null ? moment : change.getInstant();
    return near.minus(Duration.ofHours(30)).atZone(zone);
  }
}
