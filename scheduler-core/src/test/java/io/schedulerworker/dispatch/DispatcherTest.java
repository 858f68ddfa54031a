package io.schedulerworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.Extras;
import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.SettledBy;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.port.TriggerOutcome.WorkflowFailed;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("FutureReturnValueIgnored") // most tests look at the runs, not at the end
class DispatcherTest {
  private static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");
  private static final TraceId ID = TraceId.ofManual(NOON, "abc12345");
  private static final TriggerOutcome OK = new Accepted(200);
  private static final TriggerOutcome BUSY = new NotNow(Obstacle.BUSY, "busy", 503, null);
  private static final TriggerOutcome UNKNOWN = new Unknown("timed out", null);
  private static final TriggerOutcome BROKEN = new WorkflowFailed("Error in workflow", 500);

  private final SimulatedClock clock = new SimulatedClock(NOON);
  private final ScriptedTrigger trigger = new ScriptedTrigger();
  private final List<JobListener.Attempt> attempts = new ArrayList<>();
  private final Map<String, KpiRun> runs = new HashMap<>();
  private final List<String> left = new ArrayList<>();
  private JobDispatch dispatched;
  private Dispatcher dispatcher =
      dispatcher(DispatchPolicy.builder().maxInFlightPerHost(16).build());

  private Dispatcher dispatcher(DispatchPolicy policy) {
    JobListener listener = new JobListener() {
      @Override
      public void attemptEnded(Attempt attempt) {
        attempts.add(attempt);
      }
    };
    return new Dispatcher(trigger, clock, policy, listener);
  }

  private static Kpi kpi(String id, String host) {
    String url = "http://" + host + "/webhook/" + id;
    return new Kpi(id, id, null, "t", true, url, null, null, Extras.NONE);
  }

  private CompletableFuture<Void> dispatch(Kpi... kpis) {
    return dispatch(CompletionMode.CALLBACK, kpis);
  }

  private CompletableFuture<Void> dispatch(CompletionMode mode, Kpi... kpis) {
    return dispatch(mode, Admission.FREE, kpis);
  }

  private CompletableFuture<Void> dispatch(CompletionMode mode, Admission admission, Kpi... kpis) {
    JobCalls calls = new JobCalls(
        ID,
        List.of(kpis),
        mode,
        DispatcherTest::request,
        admission,
        run -> assertThat(runs.put(run.kpiId(), run)).isNull(),
        kpi -> left.add(kpi.id()));
    dispatched = dispatcher.dispatch(calls);
    return dispatched.whenDone().toCompletableFuture();
  }

  private static TriggerRequest request(Kpi kpi) {
    IdempotencyKey key = IdempotencyKey.of(ID, kpi.id());
    return new TriggerRequest(ID, kpi.id(), key, kpi.webhook(), "payload of " + kpi.id());
  }

  private static TriggerOutcome comeBackIn(Duration wait) {
    return new NotNow(Obstacle.BUSY, "too many requests", 429, wait);
  }

  private static Kpi[] many(int count, String host) {
    return IntStream.range(0, count).mapToObj(i -> kpi(host + i, host)).toArray(Kpi[]::new);
  }

  @Test
  void aCallCarriesPayloadAndIdempotencyKey() {
    dispatch(kpi("ä", "n8n"));
    assertThat(trigger.requests).hasSize(1);
    assertThat(trigger.requests.get(0).payload()).isEqualTo("payload of ä");
    assertThat(trigger.requests.get(0).idempotencyKey()).hasToString(ID + ":%C3%A4");
    assertThat(trigger.requests.get(0).webhook()).hasToString("http://n8n/webhook/ä");
  }

  @Test
  void anAcceptedCallIsTriggered() {
    CompletableFuture<Void> done = dispatch(kpi("a", "n8n"));
    assertThat(done).isNotDone();
    clock.advance(Duration.ofMillis(1_234));
    trigger.complete("a", OK);
    assertThat(done).isCompleted();
    KpiRun run = runs.get("a");
    assertThat(run.status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(run.triggeredAt()).isEqualTo(NOON.plusSeconds(1));
    assertThat(run.responseTime()).isEqualTo(1_234);
    assertThat(run.httpStatus()).isEqualTo(200);
    assertThat(run.retryCount()).isZero();
    assertThat(run.completedAt()).isNull();
    assertThat(run.settledBy()).isNull();
  }

  @Test
  void withCompletionByTriggerAnAcceptedCallIsCompleted() {
    trigger.answering("a", OK);
    dispatch(CompletionMode.TRIGGER, kpi("a", "n8n"));
    assertThat(runs.get("a").status()).isEqualTo(KpiStatus.COMPLETED);
    assertThat(runs.get("a").completedAt()).isEqualTo(NOON);
    assertThat(runs.get("a").settledBy()).isEqualTo(SettledBy.DISPATCH);
  }

  @Test
  void aRefusedCallFailsAtOnce() {
    trigger.answering("a", new Refused("no such thing", 410));
    assertThat(dispatch(kpi("a", "n8n"))).isCompleted();
    KpiRun run = runs.get("a");
    assertThat(run.status()).isEqualTo(KpiStatus.FAILED);
    assertThat(run.error()).isEqualTo("no such thing");
    assertThat(run.httpStatus()).isEqualTo(410);
    assertThat(run.completedAt()).isEqualTo(NOON);
    assertThat(run.settledBy()).isEqualTo(SettledBy.DISPATCH);
    assertThat(trigger.attempts("a")).isEqualTo(1);
  }

  @Test
  void aBusyHostIsCalledAgainAfterOneTwoAndFourSecondsGiveOrTakeAQuarter() {
    trigger.answering("a", BUSY, BUSY, BUSY, BUSY);
    CompletableFuture<Void> done = dispatch(kpi("a", "n8n"));
    List<Duration> waits = new ArrayList<>();
    while (!done.isDone()) {
      Instant before = clock.now();
      assertThat(clock.advanceToNextTimer()).isTrue();
      waits.add(Duration.between(before, clock.now()));
    }
    assertThat(waits).hasSize(3);
    assertThat(waits.get(0)).isBetween(Duration.ofMillis(750), Duration.ofMillis(1_250));
    assertThat(waits.get(1)).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_500));
    assertThat(waits.get(2)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
    assertThat(runs.get("a").status()).isEqualTo(KpiStatus.FAILED);
    assertThat(runs.get("a").error()).isEqualTo("busy");
    assertThat(runs.get("a").retryCount()).isEqualTo(3);
    assertThat(attempts).extracting(JobListener.Attempt::number).containsExactly(1, 2, 3, 4);
    assertThat(attempts).extracting(JobListener.Attempt::host).containsOnly("n8n:80");
    assertThat(attempts.get(0).nextIn()).contains(waits.get(0));
    assertThat(attempts.get(3).nextIn()).isEmpty();
  }

  @Test
  void everyAttemptSendsTheSame() {
    trigger.answering("a", BUSY, OK);
    dispatch(kpi("a", "n8n"));
    clock.advance(Duration.ofSeconds(2));
    assertThat(trigger.requests).hasSize(2);
    assertThat(trigger.requests.get(1)).isEqualTo(trigger.requests.get(0));
    assertThat(runs.get("a").retryCount()).isEqualTo(1);
  }

  @Test
  void jitterSpreadsCallsAndIsTheSameInEveryReplay() {
    List<List<Duration>> replays = new ArrayList<>();
    for (int replay = 0; replay < 2; replay++) {
      attempts.clear();
      runs.clear();
      Kpi[] kpis = many(100, "n8n");
      for (Kpi kpi : kpis) {
        trigger.answering(kpi.id(), BUSY, OK);
      }
      dispatch(kpis);
      replays.add(
          attempts.stream().flatMap(attempt -> attempt.nextIn().stream()).toList());
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(replays.get(0)).isEqualTo(replays.get(1)).hasSizeGreaterThan(50);
    assertThat(replays.get(0).stream().distinct().count()).isGreaterThan(50);
    assertThat(replays.get(0).stream().mapToLong(Duration::toMillis).average().orElseThrow())
        .isBetween(950.0, 1_050.0);
  }

  @Test
  void anUnknownOutcomeIsNotRepeated() {
    trigger.answering("a", UNKNOWN);
    assertThat(dispatch(kpi("a", "n8n"))).isCompleted();
    assertThat(runs.get("a").error()).isEqualTo("unknown outcome: timed out");
  }

  @Test
  void anUnknownOutcomeIsRepeatedIfThePolicySaysSo() {
    dispatcher = dispatcher(DispatchPolicy.builder().retryUnknown(true).build());
    trigger.answering("a", UNKNOWN, OK);
    dispatch(kpi("a", "n8n"));
    clock.advance(Duration.ofSeconds(2));
    assertThat(runs.get("a").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void aWorkflowThatFailedIsStartedAgainOnlyIfThePolicySaysSo() {
    trigger.answering("a", BROKEN);
    dispatch(kpi("a", "n8n"));
    assertThat(runs.get("a").error()).isEqualTo("the workflow failed: Error in workflow");
    dispatcher = dispatcher(DispatchPolicy.builder().retryWorkflowError(true).build());
    trigger.answering("b", BROKEN, OK);
    dispatch(kpi("b", "n8n"));
    clock.advance(Duration.ofSeconds(2));
    assertThat(runs.get("b").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_REGISTERED", "STARTING"})
  void aWebhookThatIsNotThereYetIsTriedForAMinute(Obstacle obstacle) {
    TriggerOutcome notYet = new NotNow(obstacle, "not registered", 404, null);
    trigger.answering(
        "a", IntStream.range(0, 99).mapToObj(i -> notYet).toArray(TriggerOutcome[]::new));
    dispatch(kpi("a", "n8n"));
    clock.advance(Duration.ofSeconds(54));
    assertThat(runs).isEmpty();
    assertThat(trigger.attempts("a")).isGreaterThan(10);
    clock.advance(Duration.ofSeconds(7));
    assertThat(runs.get("a").status()).isEqualTo(KpiStatus.FAILED);
    assertThat(runs.get("a").error()).startsWith("not registered (waited 5");
  }

  @Test
  void aWebhookThatIsNotThereYetHoldsUpNoOtherOfItsHost() {
    trigger.answering("a", new NotNow(Obstacle.NOT_REGISTERED, "not registered", 404, null));
    trigger.answering("b", OK);
    dispatch(kpi("a", "n8n"), kpi("b", "n8n"));
    assertThat(runs).containsOnlyKeys("b");
  }

  @Test
  void retryAfterIsHeardByAllCallsToTheHostAndCostsNoRetry() {
    dispatcher = dispatcher(DispatchPolicy.builder().maxInFlightPerHost(1).build());
    TriggerOutcome later = comeBackIn(Duration.ofSeconds(30));
    trigger.answering("a", later, later, later, later, later, OK);
    trigger.answering("b", OK);
    trigger.answering("c", OK);
    dispatch(kpi("a", "n8n"), kpi("b", "n8n"), kpi("c", "other"));
    assertThat(runs).containsOnlyKeys("c");
    clock.advance(Duration.ofSeconds(29));
    assertThat(trigger.attempts("a")).isEqualTo(1);
    assertThat(trigger.attempts("b")).isZero();
    clock.advance(Duration.ofMinutes(5));
    assertThat(runs.get("a").status()).isEqualTo(KpiStatus.TRIGGERED);
    assertThat(runs.get("a").retryCount()).isEqualTo(5);
    assertThat(runs.get("b").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void aDoorThatStaysClosedBeyondTheDeadlineIsNotWaitedFor() {
    dispatcher = dispatcher(DispatchPolicy.builder().maxInFlightPerHost(1).build());
    trigger.answering("a", comeBackIn(Duration.ofHours(1)));
    CompletableFuture<Void> done = dispatch(kpi("a", "n8n"), kpi("b", "n8n"));
    assertThat(done).isCompleted();
    assertThat(runs.get("a").error()).startsWith("too many requests");
    assertThat(runs.get("b").error()).startsWith("n8n:80 asks to be left alone");
    assertThat(trigger.attempts("b")).isZero();

    runs.clear();
    assertThat(dispatch(kpi("c", "n8n"))).isCompleted();
    assertThat(runs.get("c").status()).isEqualTo(KpiStatus.FAILED);

    clock.advance(Duration.ofHours(1));
    trigger.answering("d", OK);
    dispatch(kpi("d", "n8n"));
    assertThat(runs.get("d").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void aDoorThatClosesAgainAndAgainIsNotWaitedForForEver() {
    TriggerOutcome later = comeBackIn(Duration.ofSeconds(59));
    trigger.answering(
        "a", IntStream.range(0, 99).mapToObj(i -> later).toArray(TriggerOutcome[]::new));
    dispatch(kpi("a", "n8n"));
    clock.advance(Duration.ofMinutes(9));
    assertThat(runs).isEmpty();
    clock.advance(Duration.ofMinutes(2));
    assertThat(runs.get("a").status()).isEqualTo(KpiStatus.FAILED);
  }

  @Test
  void aServerThatSaysComeBackAtOnceIsNotHammered() {
    TriggerOutcome now = comeBackIn(Duration.ZERO);
    trigger.answering("a", now, now, OK);
    dispatch(kpi("a", "n8n"));
    clock.advance(Duration.ofMillis(700));
    assertThat(trigger.attempts("a")).isEqualTo(1);
    clock.advance(Duration.ofSeconds(3));
    assertThat(runs.get("a").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void noMoreThanTheLimitAreInFlightToOneHost() {
    CompletableFuture<Void> done = dispatch(many(100, "n8n"));
    assertThat(trigger.inFlight()).isEqualTo(16);
    for (int i = 0; i < 100; i++) {
      assertThat(trigger.inFlight()).isLessThanOrEqualTo(16);
      trigger.complete("n8n" + i, OK);
    }
    assertThat(done).isCompleted();
    assertThat(runs).hasSize(100);
  }

  @Test
  void hostsDoNotWaitForEachOther() {
    Kpi[] dead = many(50, "dead");
    Kpi[] good = many(50, "good");
    for (Kpi kpi : good) {
      trigger.answering(kpi.id(), OK);
    }
    Kpi[] both =
        IntStream.range(0, 100).mapToObj(i -> i < 50 ? dead[i] : good[i - 50]).toArray(Kpi[]::new);
    dispatch(both);
    assertThat(runs).hasSize(50);
    assertThat(trigger.inFlight()).isEqualTo(16);
  }

  @Test
  void aHostIsTheSameWhateverItsSpelling() {
    Kpi[] kpis = new Kpi[20];
    for (int i = 0; i < kpis.length; i++) {
      kpis[i] = kpi("k" + i, i % 2 == 0 ? "N8N:80" : "n8n");
    }
    dispatch(kpis);
    assertThat(trigger.inFlight()).isEqualTo(16);
  }

  @Test
  void answersWithinTheCallDoNotNest() {
    Kpi[] kpis = many(100_000, "n8n");
    for (Kpi kpi : kpis) {
      trigger.answering(kpi.id(), OK);
    }
    assertThat(dispatch(kpis)).isCompleted();
    assertThat(runs).hasSize(100_000);
  }

  @Test
  void anAdapterThatBreaksItsPromiseLeavesAnUnknownOutcome() {
    CompletableFuture<Void> done = dispatch(kpi("a", "n8n"), kpi("b", "n8n"));
    trigger.open.get("a").remove().completeExceptionally(new IllegalStateException("oops"));
    trigger.complete("b", OK);
    assertThat(done).isCompleted();
    assertThat(runs.get("a").error())
        .startsWith("unknown outcome: the trigger broke")
        .contains("oops");
  }

  @Test
  void anAdmissionThatBreaksKeepsNoPlaceInFlight() {
    dispatcher = dispatcher(DispatchPolicy.builder().maxInFlightPerHost(1).build());
    Admission broken = (kpiId, repeat, answer) -> {
      if (kpiId.equals("a")) {
        throw new StackOverflowError("a test's admission fails on purpose");
      }
      answer.accept(true);
    };
    trigger.answering("b", OK);

    assertThat(dispatch(CompletionMode.CALLBACK, broken, kpi("a", "n8n"), kpi("b", "n8n")))
        .isCompleted();

    assertThat(runs).containsOnlyKeys("b");
  }

  @Test
  void aTriggerThatGivesNothingKeepsNoPlaceInFlightAndIsTold() {
    WorkflowTrigger broken = new WorkflowTrigger() {
      @Override
      public CompletionStage<TriggerOutcome> trigger(TriggerRequest request) {
        return request.kpiId().equals("a") ? null : CompletableFuture.completedFuture(OK);
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
    DispatchPolicy oneByOne = DispatchPolicy.builder().maxInFlightPerHost(1).build();
    dispatcher = new Dispatcher(broken, clock, oneByOne, new JobListener() {});

    assertThat(dispatch(kpi("a", "n8n"), kpi("b", "n8n"))).isCompleted();

    assertThat(runs.get("a").error()).contains("it gave no stage");
    assertThat(runs.get("b").status()).isEqualTo(KpiStatus.TRIGGERED);
  }

  @Test
  void stoppingLetsCallsInFlightEndAndBeginsNone() {
    CompletableFuture<Void> done = dispatch(many(20, "n8n"));
    trigger.complete("n8n0", BUSY);
    dispatcher.stop();
    assertThat(done).isNotDone();
    for (int i = 1; i < 17; i++) {
      trigger.complete("n8n" + i, i % 2 == 0 ? OK : BUSY);
    }
    assertThat(done).isCompleted();
    assertThat(runs).hasSize(8);
    assertThat(trigger.inFlight()).isZero();
    assertThat(dispatch(kpi("late", "n8n"), kpi("elsewhere", "other"))).isCompleted();
    assertThat(trigger.attempts("late") + trigger.attempts("elsewhere")).isZero();
  }

  @Test
  void anAbandonedJobLetsItsCallsInFlightEndAndOtherJobsGoOn() {
    CompletableFuture<Void> done = dispatch(many(20, "n8n"));
    JobDispatch abandoned = dispatched;
    CompletableFuture<Void> other = dispatch(kpi("other", "n8n"));
    trigger.complete("n8n0", BUSY);
    abandoned.abandon();
    assertThat(done).isNotDone();
    for (int i = 1; i < 17; i++) {
      if (trigger.isInFlight("n8n" + i)) {
        trigger.complete("n8n" + i, i % 2 == 0 ? OK : BUSY);
      }
    }
    assertThat(done).isCompleted();
    assertThat(runs.size() + left.size()).isEqualTo(20);
    assertThat(left).contains("n8n0", "n8n1", "n8n17", "n8n18", "n8n19");
    trigger.complete("other", OK);
    assertThat(other).isCompleted();
    assertThat(trigger.inFlight()).isZero();
  }

  @Test
  void anAbandonedJobDoesNotWaitBeforeAClosedDoor() {
    CompletableFuture<Void> done = dispatch(kpi("a", "n8n"), kpi("b", "n8n"));
    trigger.complete("a", comeBackIn(Duration.ofMinutes(5)));
    trigger.complete("b", OK);
    assertThat(done).isNotDone();
    dispatched.abandon();
    assertThat(done).isCompleted();
    assertThat(left).containsExactly("a");
  }

  @Test
  void aJobWithoutKpisIsDoneAtOnce() {
    assertThat(dispatch()).isCompleted();
  }
}
