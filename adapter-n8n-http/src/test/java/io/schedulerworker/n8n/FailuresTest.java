package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.Credential;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.port.TriggerSecrets;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.reach.HostPattern;
import io.schedulerworker.testing.TlsIdentity;
import io.schedulerworker.testing.TlsServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it means when no whole answer comes. */
class FailuresTest {
  private static final String HEAD =
      "HTTP/1.1 %d Whatever\r\nContent-Type: %s\r\nContent-Length: 9999999999\r\n\r\n";

  @Test
  void aRefusedConnectionIsUnreachable() {
    assertUnreachable(Calls.call(nobody("http")), "connection refused");
    assertUnreachable(Calls.call(nobody("https")), "connection refused");
  }

  @Test
  void anUnknownHostIsUnreachable() {
    assertUnreachable(
        Calls.call(URI.create("http://n8n.invalid/webhook/kpi-1")),
        "nobody knows a host of this name");
  }

  @Test
  void aConnectionThatTakesTooLongIsUnreachable() {
    try (ScriptedServer silent =
        ScriptedServer.raw((request, connection) -> Thread.sleep(20_000))) {
      URI overTls = silent.url("/webhook/kpi-1");
      TriggerSettings hasty =
          Calls.settings().connectTimeout(Duration.ofMillis(200)).build();

      assertUnreachable(call(hasty, overTls), "no connection within 200 ms");
      assertUnreachable(Calls.callBriefly(overTls), "no connection within 300 ms");
    }
  }

  @Test
  void aServerThatSpeaksNoTlsIsRefused() {
    try (ScriptedServer plain =
        ScriptedServer.raw(answerAndClose("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
      assertTlsRefused(Calls.call(plain.url("/")), "plaintext connection?");
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() {
    TlsIdentity stranger =
        TlsIdentity.selfSigned(Instant.now().plus(Duration.ofDays(1)), "127.0.0.1");
    try (TlsServer server = TlsServer.of(stranger)) {
      assertTlsRefused(Calls.call(server.url()), "certification path");
      assertThat(server.callers()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aServerThatGoesAwayDuringTheHandshakeIsUnreachable(int bytesRead) {
    ScriptedServer.Act readAndDrop = (request, connection) -> {
      connection.getInputStream().readNBytes(bytesRead);
      connection.close();
    };
    try (ScriptedServer gone = ScriptedServer.raw(readAndDrop)) {
      assertThat(Calls.call(gone.url("/")))
          .isInstanceOfSatisfying(
              NotNow.class,
              notNow -> assertThat(notNow.obstacle()).isEqualTo(Obstacle.UNREACHABLE));
    }
  }

  /** So the client says it if it was just writing when the other side went away. */
  @Test
  void aHandshakeThatBreaksOffWhileItIsWrittenIsUnreachable() {
    Throwable failure = new SSLHandshakeException("Remote host terminated the handshake")
        .initCause(new IOException("Broken pipe"));
    Wording wording = new Wording(URI.create("https://n8n.example.com/"), TriggerSecrets.NONE);

    assertUnreachable(
        new FailureVerdict(failure, true, wording, Calls.settings().build()).outcome(),
        "it ended the TLS handshake, perhaps for want of a certificate (n8n.client_cert_file)");
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsUnknown() {
    try (ScriptedServer server = ScriptedServer.of(ScriptedServer.hang())) {
      assertThat(Calls.callBriefly(server.url("/")))
          .isEqualTo(
              new Unknown("127.0.0.1:" + server.port() + " did not answer within 300 ms", null));
    }
  }

  @Test
  void headersThatDripAreUnknown() {
    try (ScriptedServer server =
        ScriptedServer.of((request, connection) -> drip(connection, "HTTP/1.1 200 OK\r\nX: "))) {
      assertUnknown(Calls.callBriefly(server.url("/")), null);
    }
  }

  @Test
  void aConnectionResetIsUnknown() {
    try (ScriptedServer server = ScriptedServer.of((request, connection) -> {
      connection.setSoLinger(true, 0);
      connection.close();
    })) {
      assertUnknown(Calls.call(server.url("/")), null);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n",
        "HTTP/1.1 2"
      })
  void anAnswerThatIsNoneIsUnknown(String answer) {
    try (ScriptedServer server = ScriptedServer.of(answerAndClose(answer))) {
      TriggerOutcome outcome = Calls.call(server.url("/"));

      assertUnknown(outcome, null);
      assertThat(outcome.reason()).startsWith("127.0.0.1:" + server.port() + " gave ");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anAnswerWithoutEndIsCutAndItsConnectionClosed() {
    CompletableFuture<Long> sent = new CompletableFuture<>();
    try (ScriptedServer server =
        ScriptedServer.of((request, connection) -> flood(connection, sent))) {
      assertThat(Calls.call(server.url("/"))).isEqualTo(new Accepted(200));
      // What socket buffers hold, and no more.
      assertThat(sent.orTimeout(20, TimeUnit.SECONDS).join()).isLessThan(64L << 20);
    }
  }

  @Test
  void anAnswerThatDripsCountsByItsStatusAndItsConnectionIsClosed() {
    CompletableFuture<Long> gone = new CompletableFuture<>();
    try (ScriptedServer server = ScriptedServer.of((request, connection) -> {
      try {
        drip(connection, HEAD.formatted(200, "application/json"));
      } finally {
        gone.complete(0L);
      }
    })) {
      assertThat(Calls.callBriefly(server.url("/"))).isEqualTo(new Accepted(200));
      assertThat(gone.orTimeout(20, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void anAnswerThatBreaksOffCountsByItsStatus() {
    assertThat(brokenOff(200, "application/json", "{")).isEqualTo(new Accepted(200));
    assertThat(brokenOff(503, "text/html", "<h1>")).isInstanceOf(NotNow.class);
    assertThat(brokenOff(403, "text/plain", "Auth")).isInstanceOf(Refused.class);
  }

  @Test
  void anAnswerThatBreaksOffBeforeItSaysWhatCountsIsUnknown() {
    assertUnknown(brokenOff(200, "text/html", "<html>n8n is st"), 200);
    assertUnknown(brokenOff(500, "application/json", "{\"message\":\"Err"), 500);
  }

  @Test
  void aBodyOf64KbIsReadWholeAndALongerOneIsCut() {
    String message = "There was a problem executing the workflow";
    String fits = " ".repeat(AnswerReader.MOST - message.length()) + message;

    assertUnknown(answered500(fits), 500);
    assertThat(answered500(" " + fits)).isInstanceOf(NotNow.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a_b/secret", "webhook/secret", "ftp://h/secret", "mailto:a@b"})
  void anAddressThatIsNoneIsRefusedAndNotShown(String webhook) {
    TriggerOutcome outcome = Calls.call(URI.create(webhook));

    assertThat(outcome).isEqualTo(new Refused(outcome.reason(), null));
    assertThat(outcome.reason()).doesNotContain("secret").endsWith("its address is not valid");
  }

  @Test
  void anAddressWithoutAHostIsRefusedAlsoWhereKeysAreForCertainHosts() {
    Credential key = Credential.bearer(Calls.KEY).forHosts(List.of(HostPattern.parse("n8n")));
    TriggerSettings settings = Calls.settings()
        .secrets(() -> new TriggerSecrets(List.of(key), List.of()))
        .build();
    try (N8nTrigger trigger = Calls.trigger(settings)) {
      TriggerOutcome outcome =
          Calls.outcome(trigger.trigger(Calls.request("k", URI.create("http://a_b/secret"))));
      assertThat(outcome.reason()).endsWith("its address is not valid");
    }
  }

  @Test
  void aReasonShowsNothingOfTheAddressButHostAndPort() {
    URI nobody = nobody("http");
    URI webhook =
        URI.create("http://user:pass@127.0.0.1:" + nobody.getPort() + "/path?token=1#part");

    assertThat(Calls.call(webhook).reason())
        .isEqualTo("127.0.0.1:" + nobody.getPort() + " cannot be reached: connection refused");
  }

  private static URI nobody(String scheme) {
    try (ScriptedServer closed = ScriptedServer.of()) {
      return URI.create(scheme + "://127.0.0.1:" + closed.port() + "/webhook/kpi-1");
    }
  }

  private static TriggerOutcome call(TriggerSettings settings, URI webhook) {
    try (N8nTrigger trigger = Calls.trigger(settings)) {
      return Calls.outcome(trigger.trigger(Calls.request("kpi-1", webhook)));
    }
  }

  private static TriggerOutcome brokenOff(int status, String type, String body) {
    try (ScriptedServer server =
        ScriptedServer.of(answerAndClose(HEAD.formatted(status, type) + body))) {
      return Calls.call(server.url("/"));
    }
  }

  private static TriggerOutcome answered500(String body) {
    try (ScriptedServer server =
        ScriptedServer.answering(ScriptedServer.http(500, "", "text/plain", body))) {
      return Calls.call(server.url("/"));
    }
  }

  private static ScriptedServer.Act answerAndClose(String answer) {
    return (request, connection) -> {
      ScriptedServer.send(connection, answer);
      connection.shutdownOutput();
      connection.getInputStream().readAllBytes();
      connection.close();
    };
  }

  private static void drip(Socket connection, String begin)
      throws IOException, InterruptedException {
    ScriptedServer.send(connection, begin);
    while (true) {
      ScriptedServer.send(connection, "x");
      Thread.sleep(20);
    }
  }

  private static void flood(Socket connection, CompletableFuture<Long> sent) throws IOException {
    long bytes = 0;
    try {
      ScriptedServer.send(connection, HEAD.formatted(200, "application/json"));
      while (true) {
        ScriptedServer.send(connection, "x".repeat(65_536));
        bytes += 65_536;
      }
    } finally {
      sent.complete(bytes);
    }
  }

  private static void assertUnreachable(TriggerOutcome outcome, String why) {
    assertThat(outcome).isEqualTo(new NotNow(Obstacle.UNREACHABLE, outcome.reason(), null, null));
    assertThat(outcome.reason()).endsWith(" cannot be reached: " + why);
  }

  private static void assertTlsRefused(TriggerOutcome outcome, String why) {
    assertThat(outcome).isEqualTo(new Refused(outcome.reason(), null));
    assertThat(outcome.reason()).contains(" cannot be called over TLS: ").contains(why);
  }

  private static void assertUnknown(TriggerOutcome outcome, Integer status) {
    assertThat(outcome).isEqualTo(new Unknown(outcome.reason(), status));
  }
}
