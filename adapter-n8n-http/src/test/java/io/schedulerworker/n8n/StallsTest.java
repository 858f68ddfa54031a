package io.schedulerworker.n8n;

import static io.schedulerworker.n8n.BadServer.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.port.TriggerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that stop, or nearly, at every stage of a call: it ends by its time, and its connection with it. */
class StallsTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  private static final Duration TIME = Duration.ofMillis(500);

  @Test
  void aServerThatTakesNoConnectionIsUnreachable() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = fill(full);
      TriggerOutcome outcome =
          outcome(Calls.request("kpi-1", URI.create("http://127.0.0.1:" + full.getLocalPort())));
      for (Socket connection : waiting) {
        connection.close();
      }

      assertThat(outcome).isEqualTo(new NotNow(Obstacle.UNREACHABLE, outcome.reason(), null, null));
      assertThat(outcome.reason()).endsWith(" cannot be reached: no connection within 500 ms");
    }
  }

  /** Opens connections that nobody accepts until the next one would have to wait. */
  private static List<Socket> fill(ServerSocket server) throws IOException {
    List<Socket> waiting = new ArrayList<>();
    while (waiting.size() < 100) {
      Socket next = new Socket();
      waiting.add(next);
      try {
        next.connect(server.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException e) {
        return waiting;
      }
    }
    return Assumptions.abort("this system lets any number of connections wait");
  }

  @Test
  void aServerThatReadsNothingOfALargeRequestIsUnknown() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (BadServer server = new BadServer(connection -> over.await());
        N8nTrigger trigger = Calls.trigger(Calls.settings(Calls.KEY, TIME))) {
      TriggerOutcome outcome = Calls.outcome(trigger.trigger(Calls.request(8 << 20, server.url())));

      assertThat(outcome).isEqualTo(new Unknown(outcome.reason(), null));
      assertThat(outcome.reason()).endsWith(" did not answer within 500 ms");
      over.countDown();
      server.awaitAllClosed();
    }
  }

  static Stream<Named<BadServer.Act>> beforeTheAnswersHeadIsThere() {
    return Stream.of(
        named("before the head", answering("")),
        named("in the status line", answering("HTTP/1.1 2")),
        named("in the head", answering(HEAD + "X: ")),
        named("before the empty line", answering(HEAD)),
        named("head drips", answering("").then(connection -> drip(connection, HEAD.repeat(50)))),
        named(
            "interim answers drip",
            answering("")
                .then(connection -> drip(connection, "HTTP/1.1 103 Hints\r\n\r\n".repeat(50)))),
        named("lines that are no headers, for ever", BadServer.flooding(HEAD, "nonsense\r\n")),
        named("line ends, for ever", BadServer.flooding(HEAD + "X: ", "\r")));
  }

  @ParameterizedTest
  @MethodSource("beforeTheAnswersHeadIsThere")
  void aStallBeforeTheAnswersHeadIsThereIsUnknown(BadServer.Act act) throws Exception {
    TriggerOutcome outcome = outcome(act);

    assertThat(outcome).isEqualTo(new Unknown(outcome.reason(), null));
    assertThat(outcome.reason()).endsWith(" did not answer within 500 ms");
  }

  static Stream<Named<BadServer.Act>> behindTheAnswersHead() {
    return Stream.of(
        named("before the body", answering(HEAD + "Content-Length: 9\r\n\r\n")),
        named("in the body", answering(HEAD + "Content-Length: 9\r\n\r\n1234")),
        named("in a chunk", answering(HEAD + "Transfer-Encoding: chunked\r\n\r\n9\r\n1234")),
        named(
            "body drips",
            answering(HEAD + "\r\n").then(connection -> drip(connection, "x".repeat(1000)))));
  }

  @ParameterizedTest
  @MethodSource("behindTheAnswersHead")
  void aStallBehindTheAnswersHeadLeavesWhatTheStatusSays(BadServer.Act act) throws Exception {
    assertThat(outcome(act)).isEqualTo(new Accepted(200));
  }

  @Test
  void ofAnAnswerThatStallsInItsBodyWhatHasComeIsJudged() throws Exception {
    TriggerOutcome refused =
        outcome(answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 99\r\n\r\nwrong token"));
    TriggerOutcome busy =
        outcome(answering("HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 99\r\n\r\nslow"));
    TriggerOutcome unclear = outcome(answering(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n<html>n8n is"));

    assertThat(refused).isEqualTo(new Refused(refused.reason(), 403));
    assertThat(refused.reason()).endsWith(": wrong token");
    assertThat(busy)
        .isEqualTo(new NotNow(Obstacle.BUSY, busy.reason(), 429, Duration.ofSeconds(7)));
    assertThat(unclear).isEqualTo(new Unknown(unclear.reason(), 200));
  }

  private static TriggerOutcome outcome(BadServer.Act act) throws Exception {
    try (BadServer server = new BadServer(act);
        N8nTrigger trigger = Calls.trigger(Calls.settings(Calls.KEY, TIME))) {
      TriggerOutcome outcome = Calls.outcome(trigger.trigger(Calls.request("kpi-1", server.url())));
      server.awaitAllClosed();
      return outcome;
    }
  }

  private static TriggerOutcome outcome(TriggerRequest request) {
    try (N8nTrigger trigger = Calls.trigger(Calls.settings(Calls.KEY, TIME))) {
      return Calls.outcome(trigger.trigger(request));
    }
  }

  private static void drip(Socket connection, String text)
      throws IOException, InterruptedException {
    for (int at = 0; at < text.length(); at++) {
      BadServer.send(connection, text.substring(at, at + 1));
      Thread.sleep(20);
    }
  }
}
