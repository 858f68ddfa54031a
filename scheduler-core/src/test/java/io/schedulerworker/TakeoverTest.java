package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.json.LeaseJson;
import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.CatchUp;
import io.schedulerworker.model.Completion;
import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.HoursOfDay;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.SchedulePolicy;
import io.schedulerworker.model.SettledBy;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.testing.ManualExecutor;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What becomes of the jobs of a process that is gone. */
class TakeoverTest extends WorkerTestBase {
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** A process whose time stands still from some moment on: it died. */
  private final SimulatedClock deadClock = new SimulatedClock(NOON.minusSeconds(90));

  private final ManualExecutor deadExecutor = new ManualExecutor();

  private SchedulerWorkerBuilder dying() {
    trigger.atOnce = false;
    return builder().clock(deadClock).executor(deadExecutor);
  }

  private JobHandle jobOfTheDead() {
    return dying().build().runNow(KpiSelection.all());
  }

  /** The dead one noted what became of its first call. */
  private void firstCallEndsAndIsNoted() {
    trigger.held.remove().complete(OK);
    deadClock.advance(Duration.ofMillis(100));
    deadExecutor.runAll();
  }

  private List<String> called() {
    return trigger.requests.stream().map(TriggerRequest::kpiId).toList();
  }

  @Test
  void whoSeesALeaseUnchangedForItsDurationGoesOn() {
    register("a", "b");
    JobHandle job = jobOfTheDead();
    firstCallEndsAndIsNoted();
    trigger.atOnce = true;
    builder().build().start();

    pass(LEASE.minusSeconds(1));
    assertThat(called()).containsExactly("a", "b");
    pass(Duration.ofSeconds(5));

    assertThat(called()).containsExactly("a", "b", "b");
    assertThat(stored(job.traceId()).pendingIds()).isEmpty();
    assertThat(stored(job.traceId()).metadata().epoch()).isEqualTo(2);
    assertThat(jobs.values).doesNotContainKey(Lease.key(job.traceId()));
  }

  @Test
  void whoHasTheStoreAloneGoesOnAtOnce() {
    register("a");
    JobHandle job = jobOfTheDead();
    trigger.atOnce = true;
    builder().exclusiveJobsKv().build().start();

    pass(Duration.ofSeconds(1));

    assertThat(called()).containsExactly("a", "a");
    assertThat(stored(job.traceId()).pendingIds()).isEmpty();
  }

  @Test
  void whatIsHandedOverIsTakenAtTheNextLook() {
    register("a", "b");
    SchedulerWorker stopping = dying().shutdownGrace(Duration.ZERO).build();
    JobHandle job = stopping.runNow(KpiSelection.all());
    trigger.held.remove().complete(OK);
    stopping.stop();
    deadExecutor.runAll();
    trigger.atOnce = true;
    builder().build().start();

    pass(Duration.ofSeconds(3));

    assertThat(called()).containsExactly("a", "b", "b");
    assertThat(stored(job.traceId()).pendingIds()).isEmpty();
  }

  @Test
  void deliveredAtMostOnceWhatWasAboutToBeCalledIsNotCalledAgain() {
    register("a");
    JobHandle job = dying().delivery(Delivery.AT_MOST_ONCE).build().runNow(KpiSelection.all());
    deadExecutor.runAll();
    assertThat(called()).containsExactly("a");
    trigger.atOnce = true;
    builder().build().start();

    pass(LEASE.plusSeconds(5));

    assertThat(called()).containsExactly("a");
    KpiRun run = stored(job.traceId()).kpis().get("a");
    assertThat(run.status()).isEqualTo(KpiStatus.FAILED);
    assertThat(run.error()).startsWith("unknown outcome: ");
  }

  @Test
  void aKpiIsCalledAsTheRegistryHasItThen() {
    register("a", "b");
    JobHandle job = jobOfTheDead();
    register("b");
    trigger.atOnce = true;
    builder().build().start();

    pass(LEASE.plusSeconds(5));

    assertThat(called()).containsExactly("a", "b", "b");
    assertThat(stored(job.traceId()).kpis().get("a").error()).contains("no longer in the registry");
  }

  @Test
  void aRegistryThatIsMissingIsWaitedForAndThenGivenUp() {
    register("a");
    JobHandle job = jobOfTheDead();
    config.values.remove(KpiRegistry.KEY);
    builder().build().start();

    pass(LEASE.plus(Duration.ofMinutes(5)));
    assertThat(stored(job.traceId()).pendingIds()).containsExactly("a");
    pass(Duration.ofMinutes(6));

    assertThat(stored(job.traceId()).status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void aJobFromARegistryOfItsOwnBringsAlongWhomItCalls() {
    register("a");
    String own = config.values.remove(KpiRegistry.KEY);
    JobHandle job =
        dying().registry(deadline -> java.util.Optional.of(own)).build().runNow(KpiSelection.all());
    assertThat(jobs.values).containsKey("plan:" + job.traceId());
    trigger.atOnce = true;
    builder().build().start();

    pass(LEASE.plusSeconds(5));

    assertThat(called()).containsExactly("a", "a");
    assertThat(jobs.values).doesNotContainKey("plan:" + job.traceId());
  }

  @Test
  void aRecordThatWasDeletedIsNotMadeAnew() {
    register("a");
    JobHandle job = jobOfTheDead();
    deadClock.advance(Duration.ofSeconds(6));
    deadExecutor.runAll();
    jobs.values.remove(JobRecord.key(job.traceId()));
    builder().build().start();

    pass(LEASE.plusSeconds(5));

    assertThat(called()).containsExactly("a");
    assertThat(jobs.values).doesNotContainKey(Lease.key(job.traceId()));
  }

  @Test
  void aClaimByHandWithoutARecordEndsWithAReason() {
    register("a");
    TraceId traceId = new TraceId("trace_20250814_115830_aaaaaaaa");
    Lease lease = Lease.claim("dead", 1, LEASE, Delivery.AT_LEAST_ONCE, Fire.manual());
    jobs.values.put(Lease.key(traceId), LeaseJson.write(lease));
    builder().build().start();

    pass(LEASE.plusSeconds(5));

    assertThat(stored(traceId).status()).isEqualTo(JobStatus.FAILED);
    assertThat(stored(traceId).metadata().error())
        .contains("ended before")
        .contains("start it again");
  }

  @Test
  void aClaimOfAFireThatIsStillOnTimeIsMadeAnew() {
    register("a");
    SchedulerWorker worker = builder().schedule(daily("0 12 * * *")).build();
    worker.start();
    pass(Duration.ofSeconds(80));
    Fire fire = new Fire(DAILY, "0 12 * * *", NOON);
    Lease lease = Lease.claim("dead", 1, LEASE, Delivery.AT_LEAST_ONCE, fire);
    jobs.values.put(Lease.key(fire.traceId(0)), LeaseJson.write(lease));

    pass(Duration.ofSeconds(40));

    assertThat(called()).containsExactly("a");
    assertThat(ledger().fates()).containsExactly(Fate.job(NOON, fire.traceId(0), "owner"));
    assertThat(ledger().abandoned()).isEqualTo(1);
  }

  @Test
  void aClaimOfAFireThatWasMissedMeanwhileIsLeftToThePolicy() {
    register("a");
    Schedule schedule =
        daily("0 12 * * THU").withPolicy(SchedulePolicy.DEFAULT.withCatchUp(CatchUp.NONE));
    dying().schedule(schedule).build().start();
    deadExecutor.runAll();
    diesAt(Ledger.KEY_PREFIX);
    for (int second = 0; second < 100; second++) {
      deadClock.advance(STEP);
      deadExecutor.runAll();
    }
    isDead();
    TraceId claimed = TraceId.ofFire(DAILY, NOON, 0);
    assertThat(jobs.values).containsKey(Lease.key(claimed));
    trigger.atOnce = true;
    clock.advance(Duration.ofDays(3));
    builder().schedule(schedule).build().start();

    pass(Duration.ofMinutes(1));

    assertThat(called()).isEmpty();
    assertThat(ledger().fates()).extracting(Fate::reason).containsExactly(SkipReason.WINDOW_OVER);
    assertThat(jobs.values).doesNotContainKey(Lease.key(claimed));
  }

  @Test
  void aClaimWhoseFateIsFixedIsFinishedHoweverLongAgoThatWas() {
    register("a");
    Schedule schedule =
        daily("0 12 * * THU").withPolicy(SchedulePolicy.DEFAULT.withCatchUp(CatchUp.NONE));
    dying().schedule(schedule).build().start();
    deadExecutor.runAll();
    diesAt(JobRecord.KEY_PREFIX);
    deadClock.advance(Duration.ofSeconds(90));
    deadExecutor.runAll();
    isDead();
    trigger.atOnce = true;
    clock.advance(Duration.ofDays(3));
    builder().schedule(schedule).build().start();

    pass(Duration.ofMinutes(1));

    assertThat(called()).containsExactly("a");
    assertThat(ledger().fates()).extracting(Fate::fireTime).containsExactly(NOON);
  }

  /** A process of the dead one ends when it is about to write a key of this kind. */
  private void diesAt(String prefix) {
    jobs.writing = key -> {
      if (key.startsWith(prefix)) {
        throw new KvStoreException(Kind.UNAVAILABLE, "dead", null);
      }
    };
  }

  /** Nothing that the dead one began goes on. */
  private void isDead() {
    jobs.writing = key -> {};
  }

  @Test
  void aClaimIsFinishedHoweverManyFiresWereLetGoSince() {
    register("a");
    Schedule schedule = daily("* * * * *")
        .withPolicy(SchedulePolicy.DEFAULT
            .withCatchUp(CatchUp.ALL)
            .withCatchUpHours(HoursOfDay.parse("22-6")));
    SchedulerWorker first = builder().schedule(schedule).build();
    first.start();
    executor.runAll();
    close(first);
    clock.advance(Duration.ofMinutes(130));
    deadClock.advance(Duration.ofMinutes(130));
    builder()
        .exclusiveJobsKv()
        .clock(deadClock)
        .executor(deadExecutor)
        .schedule(schedule)
        .build()
        .start();
    diesAt(JobRecord.KEY_PREFIX);
    deadExecutor.runAll();
    isDead();
    Instant fireTime = NOON.plus(Duration.ofMinutes(128));
    TraceId claimed =
        Objects.requireNonNull(ledger().fate(fireTime).orElseThrow().job());
    assertThat(called()).isEmpty();
    clock.advance(Duration.ofHours(25));
    builder().exclusiveJobsKv().schedule(schedule).build().start();

    pass(Duration.ofSeconds(2));

    assertThat(ledger().fate(fireTime)).map(Fate::job).contains(claimed);
    assertThat(trigger.requests).extracting(TriggerRequest::traceId).contains(claimed);
    assertThat(jobs.values).containsKey(JobRecord.key(claimed));
  }

  @Test
  void whatWasMissedIsMadeUpForOnceAndTheRestIsNoted() {
    register("a");
    SchedulerWorker first = builder().schedule(daily("0 * * * *")).build();
    first.start();
    executor.runAll();
    close(first);
    clock.advance(Duration.ofMinutes(150));
    builder().schedule(daily("0 * * * *")).build().start();

    pass(Duration.ofSeconds(1));

    assertThat(ledger().fates())
        .extracting(Fate::reason)
        .containsExactly(SkipReason.WINDOW_OVER, SkipReason.WINDOW_OVER, null);
    assertThat(events.told)
        .contains("2 fires of daily let go: window over")
        .containsOnlyOnce("created pending");
  }

  @Test
  void theDefinitionThatWasStoredLastHoldsForAll() {
    register("a");
    builder().schedule(daily("0 12 * * *")).build().start();
    executor.runAll();
    builder().schedule(daily("0 13 * * *")).build().start();

    pass(Duration.ofMinutes(2));

    assertThat(called()).isEmpty();
    assertThat(events.told).containsExactly("daily superseded by 0 13 * * *");
    pass(Duration.ofHours(1));
    assertThat(called()).containsExactly("a");
  }

  @Test
  void aCompletionIsTakenOnceWhereverItComes() {
    register("a", "b");
    SchedulerWorker worker = builder().build();
    JobHandle job = worker.runNow(KpiSelection.all());
    JobStore store = worker.jobs();
    TraceId id = job.traceId();

    assertThat(store.complete(id, "a", KpiStatus.COMPLETED, null)).isEqualTo(Completion.RECORDED);
    assertThat(store.complete(id, "a", KpiStatus.COMPLETED, null)).isEqualTo(Completion.REPEATED);
    assertThat(store.complete(id, "a", KpiStatus.FAILED, "x")).isEqualTo(Completion.CONFLICT);
    assertThat(store.complete(id, "z", KpiStatus.FAILED, null)).isEqualTo(Completion.UNKNOWN);

    executor.runAll();
    JobRecord seen = store.find(id).orElseThrow();
    assertThat(seen.kpis().get("a").status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(seen.kpis().get("a").settledBy()).isEqualTo(SettledBy.CALLBACK);
    assertThat(seen.kpis().get("a").httpStatus()).isEqualTo(200);
    assertThat(seen.kpis().get("b").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void stepsAreJoinedAndRemovedAnHourAfterTheEnd() {
    register("a");
    SchedulerWorker worker = builder().completion(CompletionMode.TRIGGER).build();
    worker.start();
    JobHandle job = worker.runNow(KpiSelection.all());
    executor.runAll();
    String raw = jobs.values.get(JobRecord.key(job.traceId()));
    assertThat(steps()).isPositive();
    jobs.values.put(JobRecord.key(job.traceId()), raw.replace("\"completed\"", "\"pending\""));
    assertThat(worker.jobs().find(job.traceId()).orElseThrow().status())
        .isEqualTo(JobStatus.COMPLETED);

    pass(Duration.ofMinutes(150));

    assertThat(stored(job.traceId()).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(steps()).isZero();
  }

  private long steps() {
    return jobs.values.keySet().stream()
        .filter(key -> key.startsWith("progress:"))
        .count();
  }

  private Ledger ledger() {
    return LedgerJson.read(jobs.values.get(Ledger.key(DAILY)));
  }
}
