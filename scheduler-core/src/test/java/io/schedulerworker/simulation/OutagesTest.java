package io.schedulerworker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.simulation.SimN8n.Start;
import io.schedulerworker.simulation.Trouble.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A store that is slow, or away, when fires are due: one process, several schedules, every minute. */
class OutagesTest {
  private static final int SCHEDULES = 6;
  private static final int KPIS = 3;

  private static final Plan PLAN = new Plan(
      1,
      KPIS,
      1,
      Delivery.AT_LEAST_ONCE,
      DispatchPolicy.DEFAULT,
      Duration.ZERO,
      false,
      Duration.ZERO,
      0,
      0,
      0,
      0);

  private final Baton baton = new Baton();
  private final Run run = Run.of(1, baton, PLAN, schedules());

  @BeforeAll
  static void silence() {
    Seeds.silence();
  }

  @AfterEach
  void end() {
    run.cluster.endAll();
    baton.close();
  }

  private static List<Schedule> schedules() {
    return IntStream.range(0, SCHEDULES)
        .mapToObj(i -> new Schedule(new ScheduleId("s" + i), "* * * * *", ZoneOffset.UTC))
        .toList();
  }

  private void start() {
    new Registry(run).write();
    run.cluster.startAll();
    runUntil(Duration.ofSeconds(10));
    run.cluster.living().forEach(each -> each.setClock(Duration.ZERO));
  }

  private void runUntil(Duration time) {
    run.world.runUntil(time.toNanos());
  }

  private Ledger ledger(Schedule schedule) {
    return LedgerJson.read(run.store.contents().get(Ledger.key(schedule.id())));
  }

  /** How long after its time the first call of a fire began. */
  private Duration lateness(Fate fate) {
    return run.n8n.starts().stream()
        .filter(start -> start.traceId().equals(fate.job()))
        .map(Start::called)
        .min(Long::compare)
        .map(World.START::plusNanos)
        .map(called -> Duration.between(fate.fireTime(), called))
        .orElseThrow();
  }

  private static Instant minute(int minute) {
    return World.START.plus(Duration.ofMinutes(minute));
  }

  @Test
  void aStoreThatTakesFiveSecondsACallHoldsNoScheduleUpForAnother() {
    start();
    run.trouble.outage(null, Fault.CRAWLING, Duration.ofHours(1));
    // Long enough for the fire of the fourth minute; what becomes of the fifth is not looked at.
    runUntil(Duration.ofSeconds(350));

    Set<TraceId> begun = new HashSet<>();
    for (Schedule schedule : schedules()) {
      List<Fate> fates = ledger(schedule).fates().stream()
          .filter(fate -> !fate.fireTime().isAfter(minute(4)))
          .toList();
      assertThat(fates)
          .extracting(Fate::fireTime)
          .containsExactly(minute(1), minute(2), minute(3), minute(4));
      assertThat(fates)
          .as("about a dozen calls of the store, one after the other")
          .allSatisfy(fate -> assertThat(lateness(fate)).isLessThan(Duration.ofSeconds(80)));
      fates.forEach(fate -> begun.add(fate.job()));
    }
    assertThat(run.n8n.starts())
        .filteredOn(start -> begun.contains(start.traceId()))
        .hasSize(SCHEDULES * KPIS * 4);
  }

  @Test
  void aStoreThatIsAwayAtTheTimeOfAFireIsTriedUntilItIsBack() {
    start();
    runUntil(Duration.ofSeconds(59));
    run.trouble.outage(null, Fault.REQUEST_LOST, Duration.ofSeconds(31));
    runUntil(Duration.ofSeconds(89));
    assertThat(run.n8n.starts()).isEmpty();
    runUntil(Duration.ofSeconds(115));

    for (Schedule schedule : schedules()) {
      assertThat(ledger(schedule).fates()).extracting(Fate::fireTime).containsExactly(minute(1));
    }
    assertThat(run.n8n.starts()).hasSize(SCHEDULES * KPIS);
  }

  @Test
  void afterALongOutageTheNewestFireIsMadeUpForUnlessOneIsOnTime() {
    start();
    runUntil(Duration.ofSeconds(59));
    run.trouble.outage(null, Fault.REFUSED, Duration.ofSeconds(205));
    runUntil(Duration.ofSeconds(299));

    for (Schedule schedule : schedules()) {
      assertThat(ledger(schedule).fates())
          .as("the newest is let go once the one on time is a job")
          .extracting(Fate::fireTime)
          .containsExactly(minute(1), minute(2), minute(4), minute(3));
      assertThat(ledger(schedule).fates())
          .extracting(fate -> fate.job() != null)
          .containsExactly(false, false, true, false);
    }
  }
}
