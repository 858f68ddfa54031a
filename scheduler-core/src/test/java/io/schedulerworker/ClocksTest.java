package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.json.ClockBeatsJson;
import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.CatchUp;
import io.schedulerworker.model.ClockBeat;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.SchedulePolicy;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.IdGenerator;
import io.schedulerworker.port.KvStoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes whose wall clocks differ, over one store. */
class ClocksTest extends WorkerTestBase {
  private static final Schedule TEN_PAST = daily("10 12 * * *");
  private final List<Replica> replicas = new ArrayList<>();

  /** A process with a wall clock of its own. */
  private final class Replica implements Clock, IdGenerator {
    final String name = "owner-" + replicas.size();
    final Events events = new Events();
    final SchedulerWorker worker;
    Duration off;

    Replica(Schedule schedule, Duration off) {
      this.off = off;
      replicas.add(this);
      worker = SchedulerWorker.builder(config, jobs, trigger)
          .clock(this)
          .executor(executor)
          .idGenerator(this)
          .listener(events)
          .schedule(schedule)
          .build();
      worker.start();
    }

    @Override
    public Instant now() {
      return clock.now().plus(off);
    }

    @Override
    public long nanoTime() {
      return clock.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      return clock.after(delay, task);
    }

    @Override
    public String traceSuffix() {
      return "%s%07d".formatted(name.substring(name.length() - 1), trigger.requests.size());
    }

    @Override
    public String ownerId() {
      return name;
    }
  }

  @BeforeEach
  void registry() {
    register("a");
  }

  private Replica replica(Duration off) {
    return new Replica(TEN_PAST, off);
  }

  private Ledger ledger() {
    return LedgerJson.read(jobs.values.get(Ledger.key(DAILY)));
  }

  private void passUntil(Instant time) {
    pass(Duration.between(clock.now(), time));
  }

  private static Instant minute(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }

  @Test
  void whoeverIsFarAheadOfTheOthersFiresNothing() {
    replica(Duration.ZERO);
    Replica ahead = replica(Duration.ofMinutes(10));
    replica(Duration.ofSeconds(-1));

    passUntil(minute(9));
    assertThat(trigger.requests).isEmpty();
    assertThat(ahead.worker.clockProblem()).get().asString().contains(" ahead of that of other");
    assertThat(replicas.get(0).worker.clockProblem()).isEmpty();
    passUntil(minute(11));

    assertThat(trigger.requests).hasSize(1);
    assertThat(ahead.events.told)
        .singleElement()
        .asString()
        .startsWith("clock off: the clock of this process is 10 min 1 s ahead of");
  }

  @Test
  void whoeverIsFarBehindDoesNotFireAgain() {
    replica(Duration.ZERO);
    replica(Duration.ofSeconds(1));
    Replica behind = replica(Duration.ofDays(-2));

    passUntil(minute(11));

    assertThat(trigger.requests).hasSize(1);
    assertThat(behind.worker.clockProblem()).get().asString().contains("2 d 0 h behind that of");
  }

  @Test
  void ofTwoThatDifferNobodyKnowsWhichIsRight() {
    Replica right = replica(Duration.ZERO);
    Replica ahead = replica(Duration.ofMinutes(15));

    passUntil(minute(11));
    assertThat(trigger.requests).isEmpty();
    assertThat(right.worker.clockProblem()).isPresent();
    assertThat(ahead.worker.clockProblem()).isPresent();
    close(ahead.worker);
    passUntil(minute(15));

    assertThat(right.worker.clockProblem()).isEmpty();
    assertThat(trigger.requests).hasSize(1);
    assertThat(ledger().fates()).extracting(Fate::fireTime).containsExactly(minute(10));
  }

  @Test
  void aClockThatIsSetRightIsBelievedAgain() {
    Replica right = replica(Duration.ZERO);
    passUntil(NOON);
    Replica wrong = replica(Duration.ofHours(1));
    passUntil(minute(5));
    assertThat(wrong.worker.clockProblem()).isPresent();

    wrong.off = Duration.ofSeconds(2);
    passUntil(minute(6));
    assertThat(wrong.worker.clockProblem()).isEmpty();
    assertThat(wrong.events.told).last().isEqualTo("clock agrees");
    close(right.worker);
    passUntil(minute(11));

    assertThat(trigger.requests).hasSize(1);
  }

  @Test
  void aClockThatJumpsIsOutvotedBeforeItFires() {
    replica(Duration.ZERO);
    Replica jumping = replica(Duration.ZERO);
    passUntil(minute(2));

    jumping.off = Duration.ofHours(3);
    passUntil(minute(9));

    assertThat(trigger.requests).isEmpty();
    assertThat(jumping.worker.clockProblem()).isPresent();
  }

  @Test
  void fiveMinutesApartNothingIsLetGoThatIsNotDueForAll() {
    SchedulePolicy none = SchedulePolicy.DEFAULT.withCatchUp(CatchUp.NONE);
    new Replica(TEN_PAST.withPolicy(none), Duration.ZERO);
    new Replica(TEN_PAST.withPolicy(none), Duration.ofSeconds(290));
    passUntil(minute(5));

    jobs.failNext(Kind.UNAVAILABLE, 1_000);
    passUntil(minute(9));
    assertThat(trigger.requests).isEmpty();
    jobs.before.clear();
    passUntil(minute(12));

    assertThat(trigger.requests).hasSize(1);
    assertThat(ledger().fates()).singleElement().extracting(Fate::job).isNotNull();
  }

  @Test
  void aClockThatIsSetForwardOverAFireDoesNotLoseIt() {
    SchedulePolicy none = SchedulePolicy.DEFAULT.withCatchUp(CatchUp.NONE);
    Replica only = new Replica(TEN_PAST.withPolicy(none), Duration.ZERO);
    passUntil(minute(8));

    only.off = Duration.ofMinutes(4);
    passUntil(minute(9));

    assertThat(trigger.requests).hasSize(1);
    assertThat(ledger().fates()).singleElement().extracting(Fate::job).isNotNull();
  }

  @Test
  void aClockThatIsSetForwardAndBackBringsNoLateFireBack() {
    SchedulePolicy none = SchedulePolicy.DEFAULT.withCatchUp(CatchUp.NONE);
    Replica only = new Replica(TEN_PAST.withPolicy(none), Duration.ZERO);
    passUntil(minute(9));
    jobs.failNext(Kind.UNAVAILABLE, 1_000);
    passUntil(minute(12));

    only.off = Duration.ofMinutes(4);
    pass(Duration.ofSeconds(30));
    only.off = Duration.ZERO;
    pass(Duration.ofSeconds(30));
    jobs.before.clear();
    passUntil(minute(14));

    assertThat(trigger.requests).isEmpty();
    assertThat(ledger().fates()).extracting(Fate::reason).containsExactly(SkipReason.WINDOW_OVER);
  }

  @Test
  void aLedgerThatIsSettledIntoTheFutureIsTold() {
    Replica wrong = replica(Duration.ofDays(3));
    executor.runAll();
    close(wrong.worker);
    Replica right = replica(Duration.ZERO);

    passUntil(minute(11));

    assertThat(trigger.requests).isEmpty();
    assertThat(right.events.told).singleElement().asString().startsWith("clock off: the fires of");
    assertThat(right.worker.clockProblem())
        .get()
        .asString()
        .contains("daily", "2025-08-17T11:58:30Z");
    jobs.values.remove(Ledger.key(DAILY));
    passUntil(minute(12));
    assertThat(right.worker.clockProblem()).isEmpty();
  }

  @Test
  void afterAProcessWithAnotherClockIsGoneFiresWaitForHalfAMinuteOnly() {
    ClockBeat odd = new ClockBeat("gone", 7, NOON.plus(Duration.ofDays(9)));
    jobs.values.put(ClockBeat.KEY, ClockBeatsJson.write(List.of(odd)));
    new Replica(daily("59 11 * * *"), Duration.ZERO);

    passUntil(NOON.minusSeconds(61));
    assertThat(trigger.requests).isEmpty();
    passUntil(NOON.minusSeconds(55));

    assertThat(trigger.requests).hasSize(1);
  }

  @Test
  void whoeverStopsTakesItsBeatAway() {
    Replica first = replica(Duration.ZERO);
    replica(Duration.ZERO);
    passUntil(NOON);
    assertThat(beats()).extracting(ClockBeat::owner).containsExactly("owner-0", "owner-1");

    close(first.worker);

    assertThat(beats()).extracting(ClockBeat::owner).containsExactly("owner-1");
  }

  @Test
  void theBeatOfAProcessThatDiedGoesAfterTenMinutes() {
    ClockBeat old = new ClockBeat("gone", 7, clock.now());
    jobs.values.put(ClockBeat.KEY, ClockBeatsJson.write(List.of(old)));
    replica(Duration.ZERO);

    passUntil(minute(8));
    assertThat(beats()).contains(old);
    passUntil(minute(9));

    assertThat(beats()).extracting(ClockBeat::owner).containsExactly("owner-0");
  }

  private List<ClockBeat> beats() {
    return ClockBeatsJson.read(jobs.values.get(ClockBeat.KEY));
  }

  @Test
  void beatsThatCannotBeReadAreWrittenAnew() {
    jobs.values.put(ClockBeat.KEY, "{\"clocks\":7}");
    replica(Duration.ZERO);

    passUntil(minute(11));

    assertThat(beats()).hasSize(1);
    assertThat(trigger.requests).hasSize(1);
  }

  @Test
  void whereTheZoneHasOtherRulesTheProcessStartedLastFires() {
    Replica old = replica(Duration.ZERO);
    passUntil(NOON);
    String ledger = jobs.values.get(Ledger.key(DAILY));
    jobs.values.put(Ledger.key(DAILY), ledger.replace(TEN_PAST.zoneRules(), "0123456789abcdef"));
    passUntil(minute(11));
    assertThat(trigger.requests).isEmpty();
    assertThat(old.events.told).containsExactly("daily superseded by 10 12 * * *");

    replica(Duration.ZERO);
    passUntil(minute(12));

    assertThat(ledger().fates()).extracting(Fate::fireTime).containsExactly(minute(10));
    assertThat(trigger.requests).hasSize(1);
  }
}
