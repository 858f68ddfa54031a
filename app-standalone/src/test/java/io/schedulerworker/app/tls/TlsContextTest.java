package io.schedulerworker.app.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.app.http.Logs;
import io.schedulerworker.app.io.LastGood;
import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.port.WorkflowTriggerProvider;
import io.schedulerworker.testing.TlsIdentity;
import io.schedulerworker.testing.TlsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of real servers, with certificates and keys in files. */
class TlsContextTest {
  private static final TlsIdentity CA = TlsIdentity.authority("our-ca");
  private static final TlsIdentity OTHER_CA = TlsIdentity.authority("other-ca");
  private static final TlsIdentity HOST = CA.issue("127.0.0.1");
  private static final TlsIdentity OTHER_HOST = OTHER_CA.issue("127.0.0.1");
  private static final TlsIdentity CLIENT = CA.issue();
  private static final String STORE_PASSWORD = "changeit";

  @TempDir
  Path folder;

  private final List<LastGood<?, ?>> watched = new ArrayList<>();
  private int calls;

  private WorkflowTrigger trigger(TlsFiles files) throws BadTlsFileException {
    SSLContext context = TlsContext.of(files, watched::add).orElseThrow();
    TriggerSettings settings = TriggerSettings.builder("test")
        .responseTimeout(Duration.ofSeconds(20))
        .tls(context)
        .build();
    return ServiceLoader.load(WorkflowTriggerProvider.class)
        .findFirst()
        .orElseThrow()
        .open(settings);
  }

  private TriggerOutcome call(WorkflowTrigger trigger, TlsServer server) {
    TraceId traceId = new TraceId("trace_20250814_120000_abc12345");
    String kpi = "kpi-" + calls++;
    TriggerRequest request =
        new TriggerRequest(traceId, kpi, IdempotencyKey.of(traceId, kpi), server.url(), "{}");
    return trigger
        .trigger(request)
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private TriggerOutcome call(TlsFiles files, TlsServer server) throws BadTlsFileException {
    try (WorkflowTrigger trigger = trigger(files)) {
      return call(trigger, server);
    }
  }

  private TlsFiles trusting(TlsIdentity... authorities) {
    StringBuilder text = new StringBuilder();
    for (TlsIdentity each : authorities) {
      text.append(each.certificatesPem());
    }
    Path file = Pems.file(folder, "ca.pem", text.toString());
    return new TlsFiles(Optional.of(file), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private TlsFiles showing(TlsIdentity client) {
    Path certificates = Pems.file(folder, "client.pem", client.certificatesPem());
    Path key = Pems.file(folder, "client.key", client.keyPem());
    return new TlsFiles(
        trusting(CA).authorities(), Optional.of(certificates), Optional.of(key), Optional.empty());
  }

  private static Instant after(int days) {
    return Instant.now().plus(Duration.ofDays(days));
  }

  private static String name(TlsIdentity identity) {
    return identity.certificate().getSubjectX500Principal().getName();
  }

  private void assertRefused(TlsFiles files, TlsIdentity host, String why)
      throws BadTlsFileException {
    try (TlsServer server = TlsServer.of(host)) {
      assertRefused(call(files, server), why);
      assertThat(server.callers()).isEmpty();
    }
  }

  private static void assertRefused(TriggerOutcome outcome, String why) {
    assertThat(outcome).isEqualTo(new Refused(outcome.reason(), null));
    assertThat(outcome.reason()).contains(" cannot be called over TLS: ", why);
  }

  @Test
  void withoutFilesTheJvmsOwnContextWillDo() throws BadTlsFileException {
    assertThat(TlsContext.of(TlsFiles.NONE, watched::add)).isEmpty();
  }

  @Test
  void aHostIsCalledIfOneOfOurAuthoritiesVouchesForIt() throws BadTlsFileException {
    try (TlsServer server = TlsServer.of(HOST)) {
      assertThat(call(trusting(OTHER_CA, CA), server)).isEqualTo(new Accepted(200));
      assertThat(server.callers()).containsExactly(TlsServer.NOBODY);
    }
  }

  @Test
  void otherHostsAreRefused() throws BadTlsFileException {
    TlsFiles ours = trusting(CA);

    assertRefused(ours, CA.issue("n8n.example.com"), "is for another name");
    assertRefused(ours, CA.issue("EC", after(-1), "127.0.0.1"), "has expired");
    assertRefused(ours, OTHER_HOST, "n8n.ca_file");
    assertRefused(ours, TlsIdentity.selfSigned(after(1), "127.0.0.1"), "n8n.ca_file");
  }

  @Test
  void aSelfSignedCertificateMayBeTrustedItselfForItsNameAndItsTime() throws BadTlsFileException {
    TlsIdentity self = TlsIdentity.selfSigned(after(1), "127.0.0.1");
    TlsIdentity expired = TlsIdentity.selfSigned(after(-1), "127.0.0.1");
    TlsIdentity another = TlsIdentity.selfSigned(after(1), "n8n.example.com");

    try (TlsServer server = TlsServer.of(self)) {
      assertThat(call(trusting(self), server)).isEqualTo(new Accepted(200));
    }
    assertRefused(trusting(expired), expired, "has expired");
    assertRefused(trusting(another), another, "is for another name");
  }

  @Test
  void whomTheJvmTrustsIsTrustedToo() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("other", OTHER_CA.certificate());
    Path file = folder.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, STORE_PASSWORD.toCharArray());
    }
    System.setProperty("javax.net.ssl.trustStore", file.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", STORE_PASSWORD);
    try (TlsServer ours = TlsServer.of(HOST);
        TlsServer theirs = TlsServer.of(OTHER_HOST);
        WorkflowTrigger trigger = trigger(trusting(CA))) {
      assertThat(call(trigger, theirs)).isEqualTo(new Accepted(200));
      assertThat(call(trigger, ours)).isEqualTo(new Accepted(200));
      assertRefused(trusting(CA), OTHER_CA.issue("n8n.example.com"), "is for another name");
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void ourCertificateIsShownToWhoAsksForIt(String algorithm) throws BadTlsFileException {
    TlsIdentity client = CA.issue(algorithm, after(1));
    try (TlsServer server = TlsServer.wantingClients(HOST, CA)) {
      assertThat(call(showing(client), server)).isEqualTo(new Accepted(200));
      assertThat(server.callers()).containsExactly(name(client));
    }
  }

  @Test
  void aServerThatWantsACertificateAndGetsNoneOrAWrongOneIsRefused() throws BadTlsFileException {
    try (TlsServer server = TlsServer.wantingClients(HOST, CA)) {
      assertRefused(call(trusting(CA), server), "n8n.client_cert_file");
      assertRefused(call(showing(OTHER_CA.issue()), server), "n8n.client_cert_file");
      assertRefused(call(showing(CA.issue("EC", after(-1))), server), "n8n.client_cert_file");
      assertThat(server.callers()).isEmpty();
    }
  }

  @Test
  void aChangeOfTheAuthoritiesCountsForNewConnections() throws Exception {
    try (TlsServer server = TlsServer.of(HOST);
        WorkflowTrigger trigger = trigger(trusting(CA))) {
      assertThat(call(trigger, server)).isEqualTo(new Accepted(200));

      trusting(OTHER_CA);
      passASecond();
      // The server could resume the session of the call before, which nobody is asked about.
      assertRefused(call(trigger, server), "n8n.ca_file");
      server.become(OTHER_HOST.context());
      assertThat(call(trigger, server)).isEqualTo(new Accepted(200));
    }
  }

  /** On the clock of the files, and on that of the JDK's sessions, which no test can set. */
  private void passASecond() throws InterruptedException {
    watched.forEach(LastGood::look);
    Thread.sleep(1_100);
  }

  @Test
  void aChangeOfOurCertificateCountsForNewConnections() throws Exception {
    TlsIdentity next = CA.issue();
    try (TlsServer server = TlsServer.wantingClients(HOST, CA);
        WorkflowTrigger trigger = trigger(showing(CLIENT))) {
      assertThat(call(trigger, server)).isEqualTo(new Accepted(200));

      showing(next);
      passASecond();
      assertThat(call(trigger, server)).isEqualTo(new Accepted(200));
      assertThat(server.callers()).containsExactly(name(CLIENT), name(next));
    }
  }

  @Test
  void aFileThatHasBecomeWrongChangesNothing() throws Exception {
    TlsFiles files = showing(CLIENT);
    try (Logs logs = new Logs();
        TlsServer server = TlsServer.wantingClients(HOST, CA);
        WorkflowTrigger trigger = trigger(files)) {
      Files.writeString(files.authorities().orElseThrow(), "no certificate");
      Files.delete(files.key().orElseThrow());
      for (int i = 0; i < 3; i++) {
        watched.forEach(LastGood::look);
        assertThat(call(trigger, server)).isEqualTo(new Accepted(200));
      }
      assertThat(logs.lines())
          .hasSize(2)
          .anySatisfy(line -> assertThat(line)
              .contains("n8n.ca_file stays as it was", "ca.pem", "has no certificate"))
          .anySatisfy(line -> assertThat(line)
              .contains("n8n.client_cert_file stays as it was", "client.key", "does not exist"));
    }
  }

  @Test
  void whoDoesNotHaveNamesCheckedIsTrustedNothing() throws Exception {
    RotatingTrust trust = new RotatingTrust(() -> Trust.in(List.of(CA.certificate())));
    SSLEngine engine = SSLContext.getDefault().createSSLEngine("127.0.0.1", 443);
    X509Certificate[] chain = {HOST.certificate()};

    assertThatThrownBy(() -> trust.checkServerTrusted(chain, "UNKNOWN", engine))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("name");
    assertThatThrownBy(() -> trust.checkServerTrusted(chain, "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trust.checkClientTrusted(chain, "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void aFileThatIsGoneBeforeItsFirstUseIsNamed() throws IOException {
    TlsFiles files = showing(CLIENT);
    Files.delete(files.certificates().orElseThrow());

    assertThatThrownBy(() -> TlsContext.of(files, watched::add))
        .isInstanceOf(BadTlsFileException.class)
        .hasMessageContaining("n8n.client_cert_file: the file", "does not exist");
  }
}
