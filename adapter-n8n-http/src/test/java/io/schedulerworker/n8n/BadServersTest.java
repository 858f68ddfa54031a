package io.schedulerworker.n8n;

import static io.schedulerworker.n8n.BadServer.answering;
import static io.schedulerworker.n8n.BadServer.flooding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.testing.RawRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that break the rules of HTTP: the right outcome, without a wait for the attempt's end, and nothing left open. */
class BadServersTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String EMPTY = "Content-Length: 0\r\n\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  /** Nobody waits for it to be over: a call that did would fail the test. */
  private static final Duration LONG = Duration.ofMinutes(2);

  /** For an answer that ends with the attempt only. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  static Stream<Named<BadServer.Act>> noHttp() {
    return Stream.of(
        named("binary", answering("\0\1\2\3\r\n\r\n")),
        named("binary without end", flooding("", "\0\1\2\3")),
        named("lines without end", flooding("", "220 smtp.example ready\r\n")),
        named("no status", answering("HTTP/1.1\r\n\r\n")),
        named("a status that is no number", answering("HTTP/1.1 two hundred\r\n\r\n")),
        named("a negative status", answering("HTTP/1.1 -20 x\r\n\r\n")),
        named("a status below 100", answering("HTTP/1.1 099 x\r\n\r\n")),
        named("HTTP/2", answering("HTTP/2 200\r\n\r\n")),
        named("an empty line first", answering("\r\n" + OK + EMPTY)),
        named("a header with a space in its name", answering(OK + "X Y: 1\r\n" + EMPTY)),
        named("headers without end", flooding(OK, "X-Header: 0123456789\r\n")),
        named("a header without end", flooding(OK + "X: ", "x")),
        named("a header of 10 MB", answering(OK + "X: " + "x".repeat(10 << 20) + "\r\n" + EMPTY)),
        named("10 000 headers", answering(OK + "X: 0123456789\r\n".repeat(10_000) + EMPTY)),
        named("a change of protocols", answering("HTTP/1.1 101 Switch\r\nUpgrade: x\r\n\r\n")),
        named("100 for ever", flooding("", "HTTP/1.1 100 Continue\r\n\r\n")),
        named("101 for ever", flooding("", "HTTP/1.1 101 Switch\r\n\r\n")),
        named("102 for ever", flooding("", "HTTP/1.1 102 Processing\r\n\r\n")),
        named("103 for ever", flooding("", "HTTP/1.1 103 Hints\r\nLink: <x>\r\n\r\n")));
  }

  @ParameterizedTest
  @MethodSource("noHttp")
  void whatIsNotHttpIsUnknown(BadServer.Act act) throws Exception {
    TriggerOutcome outcome = outcomeAndClosed(act, LONG);

    assertThat(outcome).isEqualTo(new Unknown(outcome.reason(), null));
    assertThat(outcome.reason())
        .contains(" gave an answer that is not HTTP")
        .hasSizeLessThan(250)
        .hasLineCount(1);
  }

  @Test
  void aPageWithoutHeadIsUnknown() throws Exception {
    TriggerOutcome outcome =
        outcomeAndClosed(answering("<html></html>").then(connection -> connection.close()), LONG);

    assertThat(outcome).isEqualTo(new Unknown(outcome.reason(), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 20\r\n\r\n12345678",
        "Content-Length: abc\r\n\r\n12345678",
        "Content-Length: 99999999999999999999\r\n\r\n12345678",
        "Content-Length: -5\r\n\r\n12345678",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-2\r\nok\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nok\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
        "Transfer-Encoding: gzip\r\n\r\n1234",
        "\r\n"
      })
  void aBodyWithoutRightEndLeavesWhatTheStatusSays(String rest) throws Exception {
    BadServer.Act act = answering(OK + rest).then(connection -> connection.shutdownOutput());
    assertThat(outcomeAndClosed(act, LONG)).isEqualTo(new Accepted(200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\n\r\n12345678",
        "Content-Length: 3\r\nContent-Length: 8\r\n\r\n12345678",
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nokXX0\r\n\r\n",
        "Content-Length: 0\r\n\r\nHTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"
      })
  void aBodyThatIsNotWhereItShouldEndLeavesWhatTheStatusSays(String rest) throws Exception {
    assertThat(outcome(answering(OK + rest), LONG)).isEqualTo(new Accepted(200));
  }

  static Stream<Named<BadServer.Act>> bodiesWithoutEnd() {
    return Stream.of(
        named("body", flooding(OK + "\r\n", "x")),
        named("chunks", flooding(CHUNKED, "1\r\nx\r\n")),
        named("size of a chunk", flooding(CHUNKED, "0")),
        named("extension of a chunk", flooding(CHUNKED + "1;", "x")),
        named("trailers", flooding(CHUNKED + "0\r\n", "x: y\r\n")));
  }

  @ParameterizedTest
  @MethodSource("bodiesWithoutEnd")
  void aBodyWithoutEndLeavesWhatTheStatusSays(BadServer.Act act) throws Exception {
    assertThat(outcomeAndClosed(act, LONG)).isEqualTo(new Accepted(200));
  }

  @Test
  void aRefusalWithANegativeLengthIsOneAtTheAttemptsEnd() throws Exception {
    TriggerOutcome outcome = outcomeAndClosed(
        answering("HTTP/1.1 403 Forbidden\r\nContent-Length: -5\r\n\r\nwrong token"), SHORT);

    assertThat(outcome).isEqualTo(new Refused(outcome.reason(), 403));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\nhello",
        "Content-Length: 0\r\n\r\n",
        "Content-Length: 5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
      })
  void noContentIsAcceptedEvenWithSome(String rest) throws Exception {
    assertThat(outcome(answering("HTTP/1.1 204 No Content\r\n" + rest), LONG))
        .isEqualTo(new Accepted(204));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\r\nhello", "Content-Length: 5\r\n\r\nhello", "Connection: keep-alive\r\n" + EMPTY
      })
  void anAnswerInHttp10Counts(String rest) throws Exception {
    BadServer.Act act =
        answering("HTTP/1.0 200 OK\r\n" + rest).then(connection -> connection.shutdownOutput());
    assertThat(outcomeAndClosed(act, LONG)).isEqualTo(new Accepted(200));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 102, 103})
  void interimAnswersAreNone(int status) throws Exception {
    String interim = "HTTP/1.1 " + status + " Wait\r\nX: y\r\n\r\n";

    assertThat(outcome(answering(interim.repeat(3) + OK + EMPTY), LONG))
        .isEqualTo(new Accepted(200));
  }

  @Test
  void aCompressedAnswerIsNotInflated() throws Exception {
    String bomb = "HTTP/1.1 500 Oops\r\nContent-Encoding: gzip\r\nContent-Type: text/plain\r\n\r\n"
        + zipped("Error in workflow".repeat(1 << 20));
    BadServer.Act act = answering(bomb).then(connection -> connection.shutdownOutput());
    TriggerOutcome outcome = outcome(act, LONG);

    assertThat(outcome).isEqualTo(new NotNow(Obstacle.TROUBLED, outcome.reason(), 500, null));
  }

  private static String zipped(String text) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toString(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({"20", "8388608"})
  void anAnswerBeforeTheRequestIsReadCounts(int size) throws Exception {
    assertThat(early("413 Too Large", size)).isInstanceOf(Refused.class);
    assertThat(early("429 Slow down\r\nRetry-After: 7", size))
        .isInstanceOfSatisfying(
            NotNow.class, busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    assertThat(early("200 OK", size)).isEqualTo(new Accepted(200));
  }

  /** Answers when it has the request's head, and reads the rest only to throw it away, as a server should. */
  private static TriggerOutcome early(String statusAndHeader, int size) throws Exception {
    return outcomeAndClosed(
        connection -> {
          RawRequest.readHead(connection.getInputStream());
          BadServer.send(connection, "HTTP/1.1 " + statusAndHeader + "\r\n" + EMPTY);
          connection.shutdownOutput();
        },
        LONG,
        size);
  }

  @ParameterizedTest
  @CsvSource({"20", "8388608"})
  void anAnswerThatACloseOvertakesIsUnknownAtWorst(int size) throws Exception {
    TriggerOutcome outcome = outcomeAndClosed(
        connection -> {
          RawRequest.readHead(connection.getInputStream());
          BadServer.send(connection, "HTTP/1.1 413 Too Large\r\n" + EMPTY);
          connection.close();
        },
        LONG,
        size);

    assertThat(outcome)
        .isIn(new Refused(outcome.reason(), 413), new Unknown(outcome.reason(), null));
  }

  private static TriggerOutcome outcome(BadServer.Act act, Duration time) {
    try (BadServer server = new BadServer(act);
        N8nTrigger trigger = Calls.trigger(Calls.settings(Calls.KEY, time))) {
      return Calls.outcome(trigger.trigger(Calls.request("kpi-1", server.url())));
    }
  }

  private static TriggerOutcome outcomeAndClosed(BadServer.Act act, Duration time)
      throws Exception {
    return outcomeAndClosed(act, time, 20);
  }

  private static TriggerOutcome outcomeAndClosed(BadServer.Act act, Duration time, int size)
      throws Exception {
    try (BadServer server = new BadServer(act);
        N8nTrigger trigger = Calls.trigger(Calls.settings(Calls.KEY, time))) {
      TriggerOutcome outcome = Calls.outcome(trigger.trigger(Calls.request(size, server.url())));
      server.awaitAllClosed();
      return outcome;
    }
  }
}
