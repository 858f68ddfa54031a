package io.schedulerworker.n8n;

import static io.schedulerworker.n8n.BadServer.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.testing.RawRequest;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are reset, at every stage of a call: the outcome is there at once, and right. */
class BrokenConnectionsTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  /** Nobody waits for it to be over: a call that did would fail the test. */
  private static final Duration LONG = Duration.ofMinutes(2);

  static Stream<Named<BadServer.Act>> beforeTheRequestIsRead() {
    return Stream.of(
        named("on accept", BadServer::reset), named("after the request's head", connection -> {
          RawRequest.readHead(connection.getInputStream());
          BadServer.reset(connection);
        }));
  }

  @ParameterizedTest
  @MethodSource("beforeTheRequestIsRead")
  void aResetBeforeTheRequestIsReadIsUnknownUnlessNothingWasSent(BadServer.Act act)
      throws Exception {
    TriggerOutcome outcome = outcome(act);

    assertThat(outcome)
        .isIn(
            new Unknown(outcome.reason(), null),
            new NotNow(Obstacle.UNREACHABLE, outcome.reason(), null, null));
  }

  static Stream<Named<BadServer.Act>> beforeTheAnswersHeadIsThere() {
    return Stream.of(
        named("after the request", answering("").then(BadServer::reset)),
        named("in the status line", answering("HTTP/1.1 2").then(BadServer::reset)),
        named("after the status line", answering("HTTP/1.1 200 OK\r\n").then(BadServer::reset)),
        named("in a header", answering(HEAD + "X: ").then(BadServer::reset)));
  }

  @ParameterizedTest
  @MethodSource("beforeTheAnswersHeadIsThere")
  void aResetBeforeTheAnswersHeadIsThereIsUnknown(BadServer.Act act) throws Exception {
    TriggerOutcome outcome = outcome(act);

    assertThat(outcome).isEqualTo(new Unknown(outcome.reason(), null));
    assertThat(outcome.reason()).contains(" gave no answer, the connection was lost");
  }

  static Stream<Named<BadServer.Act>> behindTheAnswersHead() {
    return Stream.of(
        named("before the body", answering(HEAD + "Content-Length: 9\r\n\r\n")),
        named("in the body", answering(HEAD + "Content-Length: 9\r\n\r\n1234")),
        named("in a body without length", answering(HEAD + "\r\n1234")),
        named("in a chunk", answering(HEAD + "Transfer-Encoding: chunked\r\n\r\n9\r\n1234")),
        named(
            "between chunks", answering(HEAD + "Transfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n")));
  }

  @ParameterizedTest
  @MethodSource("behindTheAnswersHead")
  void aResetBehindTheAnswersHeadLeavesWhatTheStatusSays(BadServer.Act act) throws Exception {
    assertThat(outcome(act.then(BadServer::reset))).isEqualTo(new Accepted(200));
  }

  @Test
  void aResetWhileALargeRequestIsWrittenIsUnknown() throws Exception {
    BadServer.Act readSome = connection -> {
      connection.getInputStream().readNBytes(1 << 20);
      BadServer.reset(connection);
    };
    try (BadServer server = new BadServer(readSome);
        N8nTrigger trigger = Calls.trigger(Calls.settings(Calls.KEY, LONG))) {
      TriggerOutcome outcome = Calls.outcome(trigger.trigger(Calls.request(8 << 20, server.url())));

      assertThat(outcome).isEqualTo(new Unknown(outcome.reason(), null));
      server.awaitAllClosed();
    }
  }

  private static TriggerOutcome outcome(BadServer.Act act) throws Exception {
    try (BadServer server = new BadServer(act);
        N8nTrigger trigger = Calls.trigger(Calls.settings(Calls.KEY, LONG))) {
      TriggerOutcome outcome = Calls.outcome(trigger.trigger(Calls.request("kpi-1", server.url())));
      server.awaitAllClosed();
      return outcome;
    }
  }
}
