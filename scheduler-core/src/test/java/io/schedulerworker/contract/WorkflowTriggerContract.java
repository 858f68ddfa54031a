package io.schedulerworker.contract;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.contract.WorkflowTriggerContract.Target.Received;
import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.port.WorkflowTrigger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link WorkflowTrigger} keeps. An adapter extends this class and supplies the trigger and targets for it to
 * call.
 */
public abstract class WorkflowTriggerContract {
  /** What a target does with a call, once it has read the whole of it. */
  protected enum Script {
    /** Answers that the workflow was started. */
    ACCEPT,
    /** Answers that the workflow will never be started. */
    REFUSE,
    /** Never answers, and keeps the connection open. */
    HANG,
    /** Closes the connection without an answer. */
    DROP,
    /** Begins an answer that comes byte by byte and outlasts every patience. */
    DRIP,
    /** Begins an answer that comes as fast as it can and never ends. */
    FLOOD
  }

  /** Something to call, and a probe into what reached it past the adapter. */
  protected interface Target extends AutoCloseable {
    /** A call that arrived whole. */
    record Received(String idempotencyKey, String payload) {}

    /** Its address. */
    URI webhook();

    /** What has arrived until now, in that order. */
    List<Received> received();

    @Override
    void close();
  }

  /** Time enough for an answer on a busy machine. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  /** For calls that are to time out. */
  private static final Duration IMPATIENT = Duration.ofMillis(300);

  private static final TraceId TRACE_ID = new TraceId("trace_20250814_120000_abc12345");
  private static final String PAYLOAD = "{\"kpi\":\"Umsatz in € 🎉\"}";

  private final List<AutoCloseable> opened = new ArrayList<>();

  /** Opens the trigger under test. */
  protected abstract WorkflowTrigger open(TriggerSettings settings);

  /** Starts a target that follows the first script at the first call, and so on; the last one from then on. */
  protected abstract Target target(Script first, Script... then);

  /** An address of this machine where nobody listens. */
  protected abstract URI unreachable();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Test
  void anAcceptedCallReachesTheTargetOnceAndWhole() {
    Target target = opened(target(Script.ACCEPT));

    TriggerOutcome outcome = await(trigger(PATIENT).trigger(request("kpi-1", target.webhook())));

    assertThat(outcome).isInstanceOf(Accepted.class);
    assertThat(target.received()).containsExactly(new Received(key("kpi-1"), PAYLOAD));
  }

  @Test
  void aRefusedCallIsNotRepeated() {
    Target target = opened(target(Script.REFUSE, Script.ACCEPT));

    TriggerOutcome outcome = await(trigger(PATIENT).trigger(request("kpi-1", target.webhook())));

    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(target.received()).hasSize(1);
  }

  @Test
  void theOutcomeOfACallWithoutAnswerIsUnknownWhenItsTimeIsUp() {
    Target target = opened(target(Script.HANG));

    TriggerOutcome outcome = await(trigger(IMPATIENT).trigger(request("kpi-1", target.webhook())));

    assertThat(outcome).isInstanceOf(Unknown.class);
    assertThat(target.received()).hasSize(1);
  }

  @Test
  void aDroppedCallIsUnknownAndNotRepeated() {
    Target target = opened(target(Script.DROP, Script.ACCEPT));

    TriggerOutcome outcome = await(trigger(PATIENT).trigger(request("kpi-1", target.webhook())));

    assertThat(outcome).isInstanceOf(Unknown.class);
    assertThat(target.received()).hasSize(1);
  }

  @Test
  void aCallDroppedOnAConnectionThatServedAnotherIsUnknownAndNotRepeated() {
    Target target = opened(target(Script.ACCEPT, Script.DROP, Script.ACCEPT));
    WorkflowTrigger trigger = trigger(PATIENT);

    TriggerOutcome first = await(trigger.trigger(request("kpi-1", target.webhook())));
    TriggerOutcome second = await(trigger.trigger(request("kpi-2", target.webhook())));

    assertThat(first).isInstanceOf(Accepted.class);
    assertThat(second).isInstanceOf(Unknown.class);
    assertThat(target.received())
        .extracting(Received::idempotencyKey)
        .containsExactly(key("kpi-1"), key("kpi-2"));
  }

  @Test
  void whatCannotBeReachedMayBeTriedAgain() {
    TriggerOutcome outcome = await(trigger(PATIENT).trigger(request("kpi-1", unreachable())));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            NotNow.class, notNow -> assertThat(notNow.obstacle()).isEqualTo(Obstacle.UNREACHABLE));
  }

  @Test
  void anAnswerThatDripsEndsWithTheTimeOfTheAttempt() {
    Target target = opened(target(Script.DRIP));

    TriggerOutcome outcome = await(trigger(IMPATIENT).trigger(request("kpi-1", target.webhook())));

    assertThat(outcome).isInstanceOfAny(Accepted.class, Unknown.class);
    assertThat(target.received()).hasSize(1);
  }

  @Test
  void anAnswerWithoutEndIsNotReadOn() {
    Target target = opened(target(Script.FLOOD));

    TriggerOutcome outcome = await(trigger(PATIENT).trigger(request("kpi-1", target.webhook())));

    assertThat(outcome).isInstanceOfAny(Accepted.class, Unknown.class);
    assertThat(target.received()).hasSize(1);
  }

  @Test
  void everyAttemptOfAKpiCarriesTheSameKey() {
    Target target = opened(target(Script.ACCEPT));
    WorkflowTrigger trigger = trigger(PATIENT);

    await(trigger.trigger(request("kpi-1", target.webhook())));
    await(trigger.trigger(request("kpi-1", target.webhook())));

    assertThat(target.received())
        .extracting(Received::idempotencyKey)
        .containsExactly(key("kpi-1"), key("kpi-1"));
  }

  @Test
  void callsWithoutAnswerLeaveTheOthersAlone() {
    Target dead = opened(target(Script.HANG));
    Target alive = opened(target(Script.HANG, Script.ACCEPT));
    WorkflowTrigger trigger = trigger(PATIENT);
    List<CompletionStage<TriggerOutcome>> hanging = Stream.of(dead, dead, alive)
        .map(target -> trigger.trigger(request("kpi-0", target.webhook())))
        .toList();
    awaitCalls(alive, 1);

    List<CompletionStage<TriggerOutcome>> others = triggerAll(trigger, 20, alive);

    assertThat(others).map(WorkflowTriggerContract::await).hasOnlyElementsOfType(Accepted.class);
    assertThat(hanging).noneMatch(stage -> stage.toCompletableFuture().isDone());
  }

  @Test
  void manyCallsAtOnceEachArriveOnce() {
    Target target = opened(target(Script.ACCEPT));

    List<CompletionStage<TriggerOutcome>> stages = triggerAll(trigger(PATIENT), 100, target);

    assertThat(stages).map(WorkflowTriggerContract::await).hasOnlyElementsOfType(Accepted.class);
    assertThat(target.received())
        .extracting(Received::idempotencyKey)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 100).mapToObj(i -> key("kpi-" + i)).toList());
  }

  @Test
  void callsInFlightEndWhenTheTriggerIsClosed() {
    Target target = opened(target(Script.HANG));
    WorkflowTrigger trigger = trigger(PATIENT.multipliedBy(10));
    CompletionStage<TriggerOutcome> stage = trigger.trigger(request("kpi-1", target.webhook()));
    awaitCalls(target, 1);

    trigger.close();
    trigger.close();

    assertThat(await(stage)).isInstanceOf(Unknown.class);
  }

  @Test
  void aClosedTriggerCallsNobody() {
    Target target = opened(target(Script.ACCEPT));
    WorkflowTrigger trigger = trigger(PATIENT);
    trigger.close();

    TriggerOutcome outcome = await(trigger.trigger(request("kpi-1", target.webhook())));

    assertThat(outcome).isInstanceOf(NotNow.class);
    assertThat(target.received()).isEmpty();
  }

  private WorkflowTrigger trigger(Duration responseTimeout) {
    return opened(open(TriggerSettings.builder("scheduler-worker/test")
        .apiKey("a key")
        .responseTimeout(responseTimeout)
        .build()));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    opened.add(0, resource);
    return resource;
  }

  private static TriggerRequest request(String kpiId, URI webhook) {
    return new TriggerRequest(
        TRACE_ID, kpiId, IdempotencyKey.of(TRACE_ID, kpiId), webhook, PAYLOAD);
  }

  private static String key(String kpiId) {
    return IdempotencyKey.of(TRACE_ID, kpiId).value();
  }

  private static List<CompletionStage<TriggerOutcome>> triggerAll(
      WorkflowTrigger trigger, int calls, Target target) {
    return IntStream.range(0, calls)
        .parallel()
        .mapToObj(i -> trigger.trigger(request("kpi-" + i, target.webhook())))
        .toList();
  }

  /** A stage that completes exceptionally, or late, fails the test here. */
  private static TriggerOutcome await(CompletionStage<TriggerOutcome> stage) {
    CompletableFuture<TriggerOutcome> outcome = stage.toCompletableFuture();
    return outcome.orTimeout(PATIENT.toMillis(), MILLISECONDS).join();
  }

  private static void awaitCalls(Target target, int calls) {
    long end = System.nanoTime() + PATIENT.toNanos();
    while (target.received().size() < calls) {
      assertThat(System.nanoTime()).as("no call arrived in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
