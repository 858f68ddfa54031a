package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.testing.RawRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server closes a kept connection while it is used again. What it got of the second request, only the server knows;
 * the outcome must never promise more than that.
 */
class ReusedConnectionsTest {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final int ROUNDS = 50;

  /** Microseconds after the first answer. */
  private static final List<Integer> MOMENTS = List.of(0, 100, 300, 600, 1_000, 3_000);

  @Test
  void aConnectionThatClosesAtAboutTheTimeOfItsReuse() throws Exception {
    int unsent = 0;
    int unsentButUnknown = 0;
    try (N8nTrigger trigger = Calls.trigger()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int micros : MOMENTS) {
          Closing closing = new Closing(connection -> spin(micros));
          TriggerOutcome outcome = closing.secondOutcome(trigger);

          closing.check(outcome);
          unsent += closing.gotNothing() ? 1 : 0;
          unsentButUnknown += closing.gotNothing() && outcome instanceof Unknown ? 1 : 0;
        }
      }
    }
    // The client can have asked for a body and then not have come to write it, but that is rare.
    assertThat(2 * unsentButUnknown).isLessThanOrEqualTo(unsent + 4);
  }

  @Test
  void aConnectionThatClosesWhenTheRequestArrives() throws Exception {
    try (N8nTrigger trigger = Calls.trigger()) {
      for (int round = 0; round < ROUNDS; round++) {
        Closing closing = new Closing(connection -> awaitByte(connection.getInputStream()));
        TriggerOutcome outcome = closing.secondOutcome(trigger);

        closing.check(outcome);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void aConnectionThatIsResetAfterSomeBytes(int bytes) throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    BadServer.Act act = connection -> {
      RawRequest.read(connection.getInputStream());
      BadServer.send(connection, ANSWER);
      if (first.getAndSet(false)) {
        connection.getInputStream().readNBytes(bytes);
        BadServer.reset(connection);
      }
    };
    try (N8nTrigger trigger = Calls.trigger();
        BadServer server = new BadServer(act)) {
      Calls.outcome(trigger.trigger(Calls.request("kpi-1", server.url())));
      TriggerOutcome outcome = Calls.outcome(trigger.trigger(Calls.request("kpi-2", server.url())));

      // A head alone starts nothing; and the first connection may not have been kept yet.
      assertThat(outcome)
          .isIn(
              new Unknown(outcome.reason(), null),
              new NotNow(Obstacle.UNREACHABLE, outcome.reason(), null, null),
              new Accepted(200));
    }
  }

  private static void spin(int micros) {
    long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void awaitByte(InputStream in) throws IOException {
    while (in.available() == 0) {
      Thread.onSpinWait();
    }
  }

  /** A server that closes its side of its first connection after one answer, and then looks what still arrives. */
  private static final class Closing implements BadServer.Act {
    private enum Arrived {
      NOTHING,
      A_PART,
      ALL
    }

    private final BadServer.Act moment;
    private final AtomicBoolean first = new AtomicBoolean(true);
    private final AtomicBoolean usedAnother = new AtomicBoolean();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CompletableFuture<Arrived> arrived = new CompletableFuture<>();

    Closing(BadServer.Act moment) {
      this.moment = moment;
    }

    TriggerOutcome secondOutcome(N8nTrigger trigger) {
      try (BadServer server = new BadServer(this)) {
        assertThat(Calls.outcome(trigger.trigger(Calls.request("kpi-1", server.url()))))
            .isEqualTo(new Accepted(200));
        answered.countDown();
        TriggerOutcome second =
            Calls.outcome(trigger.trigger(Calls.request("kpi-2", server.url())));
        if (!usedAnother.get()) {
          assertThat(arrived).succeedsWithin(20, TimeUnit.SECONDS);
        }
        return second;
      }
    }

    @Override
    public void on(Socket connection) throws IOException, InterruptedException {
      if (!first.getAndSet(false)) {
        RawRequest.read(connection.getInputStream());
        usedAnother.set(true);
        BadServer.send(connection, ANSWER);
        return;
      }
      BadServer.answering(ANSWER).on(connection);
      answered.await();
      moment.on(connection);
      connection.shutdownOutput();
      arrived.complete(secondRequest(connection));
    }

    private static Arrived secondRequest(Socket connection) {
      try {
        RawRequest.read(connection.getInputStream());
        return Arrived.ALL;
      } catch (RawRequest.NothingThere e) {
        return Arrived.NOTHING;
      } catch (IOException e) {
        return Arrived.A_PART;
      }
    }

    boolean gotNothing() {
      return !usedAnother.get() && arrived.join() == Arrived.NOTHING;
    }

    void check(TriggerOutcome outcome) {
      if (usedAnother.get()) {
        assertThat(outcome).isEqualTo(new Accepted(200));
        return;
      }
      TriggerOutcome repeatable = new NotNow(Obstacle.UNREACHABLE, outcome.reason(), null, null);
      TriggerOutcome unknown = new Unknown(outcome.reason(), null);
      switch (arrived.join()) {
        case NOTHING, A_PART -> assertThat(outcome).isIn(repeatable, unknown);
        case ALL -> assertThat(outcome).isEqualTo(unknown);
      }
    }
  }
}
