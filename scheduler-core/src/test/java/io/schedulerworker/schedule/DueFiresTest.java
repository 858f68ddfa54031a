package io.schedulerworker.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.model.Extras;
import io.schedulerworker.model.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which fires become jobs after a time without a scheduler. */
class DueFiresTest {
  private static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");

  private static DueFires due(String cron, Instant openAfter, Instant now) {
    return DueFires.of(CronExpression.parse(cron), ZoneOffset.UTC, openAfter, now);
  }

  @Test
  void nothingIsDueBeforeItsTime() {
    assertThat(due("0 12 * * *", NOON.minusSeconds(60), NOON.minusSeconds(1)).all())
        .isEmpty();
  }

  @Test
  void whatIsOnTimeOrALittleLateIsFiredEachForItself() {
    DueFires due = due("* * * * *", NOON.minusSeconds(60), NOON.plusSeconds(60));

    assertThat(due.toFire()).containsExactly(NOON, NOON.plusSeconds(60));
    assertThat(due.letGo()).isEmpty();
  }

  @Test
  void ofThoseMissedTheNewestIsMadeUpFor() {
    DueFires due = due("0 * * * *", NOON.minusSeconds(1), NOON.plus(Duration.ofMinutes(150)));

    assertThat(due.toFire()).containsExactly(NOON.plus(Duration.ofHours(2)));
    assertThat(due.letGo()).containsExactly(NOON, NOON.plus(Duration.ofHours(1)));
    assertThat(due.letGoCount()).isEqualTo(2);
  }

  @Test
  void whereOneIsOnlyLateAllThatWereMissedAreLetGo() {
    DueFires due = due("* * * * *", NOON.minusSeconds(1), NOON.plusSeconds(190));

    assertThat(due.toFire()).containsExactly(NOON.plusSeconds(180));
    assertThat(due.letGo()).containsExactly(NOON, NOON.plusSeconds(60), NOON.plusSeconds(120));
  }

  @Test
  void whatWasMissedLongAgoIsLetGo() {
    DueFires due = due("0 12 1 * *", NOON.minus(Duration.ofDays(30)), NOON);

    assertThat(due.toFire()).isEmpty();
    assertThat(due.letGo()).containsExactly(Instant.parse("2025-08-01T12:00:00Z"));
  }

  @Test
  void ofManyLetGoTheNewestFiftyAreListed() {
    DueFires due = due("* * * * *", NOON, NOON.plus(Duration.ofHours(10)).plusSeconds(1));

    assertThat(due.letGoCount()).isEqualTo(599);
    assertThat(due.letGo()).hasSize(50).last().isEqualTo(NOON.plus(Duration.ofMinutes(599)));
    assertThat(due.toFire()).containsExactly(NOON.plus(Duration.ofHours(10)));
  }

  @Test
  void aRuleOfAnotherVersionOwesNothingHere() {
    Ledger ledger = new Ledger("d", "@every 3h", "UTC", NOON, NOON, null, List.of(), Extras.NONE);

    assertThat(DueFires.of(ledger, NOON.plus(Duration.ofDays(1))).all()).isEmpty();
  }
}
