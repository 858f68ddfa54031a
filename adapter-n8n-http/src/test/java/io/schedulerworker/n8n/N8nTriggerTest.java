package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One trigger, many calls. */
class N8nTriggerTest {
  private static final String OK = ScriptedServer.http(200, "", "application/json", "{}");

  @Test
  void callsAtTheSameTimeDoNotWaitForEachOther() {
    CountDownLatch all = new CountDownLatch(200);
    ScriptedServer.Act answerWhenAllAreHere = (request, connection) -> {
      all.countDown();
      all.await();
      ScriptedServer.send(connection, OK);
    };
    try (ScriptedServer server = ScriptedServer.of(answerWhenAllAreHere);
        N8nTrigger trigger = Calls.trigger()) {
      List<CompletionStage<TriggerOutcome>> stages = IntStream.range(0, 200)
          .mapToObj(i -> trigger.trigger(Calls.request("kpi-" + i, server.url("/"))))
          .toList();

      assertThat(stages).map(Calls::outcome).containsOnly(new Accepted(200));
      assertThat(server.requests()).hasSize(200);
    }
  }

  @Test
  void aCallbackThatBlocksHoldsUpNoOtherAnswer() throws InterruptedException {
    CountDownLatch callbackIsThere = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ScriptedServer.Act answerThen = (request, connection) -> {
      callbackIsThere.await();
      ScriptedServer.send(connection, OK);
    };
    try (ScriptedServer server = ScriptedServer.of(answerThen, ScriptedServer.answer(OK));
        N8nTrigger trigger = Calls.trigger()) {
      CompletionStage<Void> blocked = trigger
          .trigger(Calls.request("kpi-1", server.url("/")))
          .thenAccept(outcome -> awaitQuietly(release));
      callbackIsThere.countDown();

      assertThat(Calls.outcome(trigger.trigger(Calls.request("kpi-2", server.url("/")))))
          .isEqualTo(new Accepted(200));
      release.countDown();
      assertThat(blocked.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void whatIsDroppedOnAConnectionThatServedManyIsSentOnce() {
    ScriptedServer.Act ok = ScriptedServer.answer(OK);
    try (ScriptedServer server = ScriptedServer.of(ok, ok, ok, ScriptedServer.drop(), ok);
        N8nTrigger trigger = Calls.trigger()) {
      List<TriggerOutcome> outcomes = IntStream.range(0, 5)
          .mapToObj(i -> Calls.outcome(trigger.trigger(Calls.request("kpi-" + i, server.url("/")))))
          .toList();

      assertThat(outcomes.get(3)).isInstanceOf(Unknown.class);
      assertThat(outcomes).filteredOn(Accepted.class::isInstance).hasSize(4);
      assertThat(server.requests()).hasSize(5);
    }
  }

  @Test
  void anEmptyPayloadIsSentToo() {
    // No body is asked for then, which must not be taken for a request that was not sent.
    try (ScriptedServer server = ScriptedServer.of(ScriptedServer.drop());
        N8nTrigger trigger = Calls.trigger()) {
      assertThat(Calls.outcome(trigger.trigger(Calls.emptyRequest(server.url("/")))))
          .isInstanceOf(Unknown.class);
    }
  }

  @Test
  void closingEndsWhatIsNotSentYetAsSafeToRepeat() throws InterruptedException {
    CountDownLatch connected = new CountDownLatch(1);
    ScriptedServer.Act silent = (request, connection) -> {
      connected.countDown();
      connection.getInputStream().readAllBytes();
    };
    N8nTrigger trigger = Calls.trigger();
    try (ScriptedServer server = ScriptedServer.raw(silent)) {
      CompletionStage<TriggerOutcome> stage =
          trigger.trigger(Calls.request("kpi-1", server.url("/")));
      assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();

      trigger.close();

      assertThat(Calls.outcome(stage)).isInstanceOf(NotNow.class);
      assertThat(Calls.outcome(stage).reason()).endsWith("was not called: the trigger is closed");
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
