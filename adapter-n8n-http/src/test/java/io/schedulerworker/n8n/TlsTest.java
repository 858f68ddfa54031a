package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.testing.TlsIdentity;
import io.schedulerworker.testing.TlsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom calls over https go to, and what is said where they do not. */
class TlsTest {
  private static final TlsIdentity CA = TlsIdentity.authority("our-ca");
  private static final TlsIdentity OTHER_CA = TlsIdentity.authority("other-ca");
  private static final TlsIdentity HOST = CA.issue("127.0.0.1");
  private static final TlsIdentity CLIENT = CA.issue();
  private static final SSLContext TRUSTING = CLIENT.context(CA);

  private static TriggerOutcome call(SSLContext tls, URI webhook) {
    TriggerSettings settings = Calls.settings().apiKey(Calls.KEY).tls(tls).build();
    try (N8nTrigger trigger = Calls.trigger(settings)) {
      return Calls.outcome(trigger.trigger(Calls.request("kpi-1", webhook)));
    }
  }

  private static void assertNotCalled(TlsIdentity host, String why) {
    try (TlsServer server = TlsServer.of(host)) {
      assertRefused(call(TRUSTING, server.url()), why);
      assertThat(server.callers()).isEmpty();
    }
  }

  private static void assertRefused(TriggerOutcome outcome, String why) {
    assertThat(outcome).isEqualTo(new Refused(outcome.reason(), null));
    assertThat(outcome.reason()).contains(" cannot be called over TLS: " + why);
  }

  private static Instant after(int days) {
    return Instant.now().plus(Duration.ofDays(days));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aHostThatIsVouchedForIsCalled(String protocol) {
    try (TlsServer server = new TlsServer(
        HOST.context(), socket -> socket.setEnabledProtocols(new String[] {protocol}))) {
      assertThat(call(TRUSTING, server.url())).isEqualTo(new Accepted(200));
    }
  }

  /** The JVM of the tests has a property set that has the client check no names. */
  @Test
  void aCertificateForAnotherNameIsRefused() {
    assertNotCalled(CA.issue("n8n.example.com"), "its certificate is for another name");
    assertNotCalled(CA.issue("127.0.0.2"), "its certificate is for another name");
    assertNotCalled(CA.issue(), "its certificate is for another name");
    try (TlsServer server = TlsServer.of(HOST)) {
      URI byName = URI.create("https://localhost:" + server.port() + "/");
      assertRefused(call(TRUSTING, byName), "its certificate is for another name");
    }
  }

  @Test
  void aCertificateOutOfItsTimeIsRefused() {
    assertNotCalled(
        CA.issue("EC", after(-1), "127.0.0.1"), "its certificate, or one above it, has");
    assertNotCalled(CA.issue("EC", after(90), "127.0.0.1"), "its certificate, or one above it, is");
  }

  @Test
  void aCertificateThatNobodyTrustedVouchesForIsRefused() {
    assertNotCalled(OTHER_CA.issue("127.0.0.1"), "nobody who is trusted vouches");
    assertNotCalled(TlsIdentity.selfSigned(after(1), "127.0.0.1"), "nobody who is trusted vouches");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void aServerOfOldTlsIsRefused(String protocol, @TempDir Path folder) throws IOException {
    try (OldTlsServer server = new OldTlsServer(folder, protocol)) {
      assertRefused(call(TRUSTING, server.url()), "it does not speak TLS 1.2 or 1.3");
    }
  }

  @Test
  void aServerThatAnswersInAnOldTlsWhatNobodyOfferedIsRefused() {
    byte[] hello = new byte[5 + 42];
    byte[] head = {22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1};
    System.arraycopy(head, 0, hello, 0, head.length);
    hello[44] = (byte) 0xc0;
    hello[45] = 0x13;
    try (ScriptedServer server = ScriptedServer.raw((request, connection) -> {
      connection.getInputStream().read();
      connection.getOutputStream().write(hello);
      connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    })) {
      assertRefused(call(TRUSTING, server.url("/")), "it does not speak TLS 1.2 or 1.3");
    }
  }

  @Test
  void aServerThatWantsACertificateGetsOurs() {
    try (TlsServer server = TlsServer.wantingClients(HOST, CA)) {
      assertThat(call(TRUSTING, server.url())).isEqualTo(new Accepted(200));
      assertThat(server.callers())
          .containsExactly(CLIENT.certificate().getSubjectX500Principal().getName());
    }
  }

  /** A server of TLS 1.3 says so after it was sent the request, which the JVM of these tests would send again. */
  @Test
  void aServerThatWantsACertificateAndGetsNoneIsRefusedAndTheSettingIsNamed() {
    SSLContext stranger = OTHER_CA.issue().context(CA);
    try (TlsServer server = new TlsServer(HOST.context(CA), socket -> {
      socket.setNeedClientAuth(true);
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    })) {
      TriggerOutcome outcome = call(stranger, server.url());

      // It may be gone before its reason has been read.
      assertThat(outcome).isInstanceOfAny(Refused.class, NotNow.class);
      assertThat(outcome.reason()).contains("n8n.client_cert_file");
      assertThat(server.callers()).isEmpty();
    }
  }
}
