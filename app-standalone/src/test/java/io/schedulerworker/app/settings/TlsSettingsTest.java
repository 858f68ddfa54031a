package io.schedulerworker.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.tls.Pems;
import io.schedulerworker.app.tls.TlsFiles;
import io.schedulerworker.testing.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys that the settings name. */
final class TlsSettingsTest {
  private static final TlsIdentity CA = TlsIdentity.authority("our-ca");
  private static final String HINT = "-----BEGIN CERTIFICATE-----";

  @TempDir
  Path folder;

  private Path certificate;
  private Path key;

  @BeforeEach
  void write() {
    certificate = file("certificate.pem", Pems.text("certificate.pem"));
    key = file("key.pem", Pems.text("key.pem"));
  }

  private Path file(String name, String text) {
    return Pems.file(folder, name, text);
  }

  /** What is found with these settings, an error or a warning a line; the key's content is never among it. */
  private List<String> findings(Object... keysAndValues) {
    List<String> toml = new ArrayList<>(List.of("[n8n]"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      toml.add(keysAndValues[i] + " = '" + keysAndValues[i + 1] + "'");
    }
    SettingsReader.Result result = SettingsReader.check(String.join("\n", toml), "s.toml");
    List<String> lines = result.findings().stream()
        .map(each -> (each.isError() ? "error " : "warning ") + each)
        .toList();
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).doesNotContain("Exception", "MHcC", Pems.PASSWORD));
    return lines;
  }

  private List<String> client(Path certificates, Path keyFile) {
    return findings("client_cert_file", certificates, "client_key_file", keyFile);
  }

  private static void assertError(List<String> findings, String setting, String... words) {
    assertThat(findings).singleElement().asString().startsWith("error ").contains(words);
    assertThat(findings.get(0)).matches("\\w+ s\\.toml:[2-4]: " + setting + ": .*");
  }

  @Test
  void goodFilesAreTaken() {
    Path ca = file("ca.pem", "# our own\n" + CA.certificatesPem() + Pems.text("certificate.pem"));

    assertThat(findings("ca_file", ca, "client_cert_file", certificate, "client_key_file", key))
        .isEmpty();
  }

  @Test
  void nothingSetIsNothing() {
    assertThat(SettingsReader.read(Map.of(), Map.of(), Optional.empty())
            .settings()
            .orElseThrow()
            .n8n()
            .tls())
        .isEqualTo(TlsFiles.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"encrypted.pem", "pbes1.pem"})
  void anEncryptedKeyIsOpenedByItsPassword(String name) {
    Path closed = file("closed.pem", Pems.text(name));
    Path password = file("password", Pems.PASSWORD + "\n");

    assertThat(findings(
            "client_cert_file", certificate,
            "client_key_file", closed,
            "client_key_password_file", password))
        .isEmpty();
    assertThat(SettingsReader.read(
                Map.of(
                    "--n8n.client-cert-file", certificate.toString(),
                    "--n8n.client-key-file", closed.toString()),
                Map.of("SCHEDULER_N8N_CLIENT_KEY_PASSWORD", Pems.PASSWORD),
                Optional.empty())
            .findings())
        .isEmpty();
  }

  @Test
  void anEncryptedKeyNeedsItsPassword() {
    Path closed = file("closed.pem", Pems.text("encrypted.pem"));

    assertError(
        client(certificate, closed),
        "n8n.client_key_file",
        "closed.pem",
        "n8n.client_key_password is not set");
    assertError(
        findings(
            "client_cert_file", certificate,
            "client_key_file", closed,
            "client_key_password", "wrong-horse"),
        "n8n.client_key_password",
        "closed.pem",
        "not the password");
    assertError(
        findings(
            "client_cert_file", certificate,
            "client_key_file", closed,
            "client_key_password", "naïve"),
        "n8n.client_key_password",
        "beyond ASCII");
  }

  @ParameterizedTest
  @ValueSource(strings = {"des3.pem", "scrypt.pem"})
  void anEncryptionThatTheJvmDoesNotKnowSaysWhichOneItDoes(String name) {
    Path closed = file("closed.pem", Pems.text(name));

    assertError(
        findings(
            "client_cert_file", certificate,
            "client_key_file", closed,
            "client_key_password", Pems.PASSWORD),
        "n8n.client_key_file",
        "-v2 aes-256-cbc");
  }

  @ParameterizedTest
  @CsvSource({"sec1.pem,EC", "pkcs1.pem,RSA"})
  void aKeyInAnOldFormSaysHowToConvertIt(String name, String algorithm) {
    Path old = file("old.pem", Pems.text(name));

    assertError(
        client(certificate, old),
        "n8n.client_key_file",
        "old.pem",
        "BEGIN " + algorithm + " PRIVATE KEY",
        "openssl pkcs8 -topk8");
  }

  @Test
  void oneOfCertificateAndKeyIsOfNoUse() {
    assertError(
        findings("client_cert_file", certificate), "n8n.client_cert_file", "n8n.client_key_file");
    assertError(findings("client_key_file", key), "n8n.client_key_file", "n8n.client_cert_file");
    assertThat(findings("client_key_password", "x"))
        .singleElement()
        .asString()
        .startsWith("warning ")
        .contains("n8n.client_key_password", "no effect");
  }

  @Test
  void aKeyOfAnotherCertificateIsFound() {
    String[] others = {CA.issue().keyPem(), rsa().keyPem()};
    for (String other : others) {
      assertError(
          client(certificate, file("other.pem", other)),
          "n8n.client_key_file",
          "other.pem",
          "does not belong",
          "certificate.pem");
    }
    Path wrongOrder = file("chain.pem", CA.certificatesPem() + Pems.text("certificate.pem"));
    assertError(client(wrongOrder, key), "n8n.client_key_file", "first certificate", "chain.pem");
  }

  private static TlsIdentity rsa() {
    return CA.issue("RSA", Instant.now().plus(Duration.ofDays(1)));
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    Path none = folder.resolve("none.pem");

    assertError(findings("ca_file", none), "n8n.ca_file", "none.pem", "does not exist");
    assertError(findings("ca_file", folder), "n8n.ca_file", "is a directory");
    assertError(client(none, key), "n8n.client_cert_file", "none.pem", "does not exist");
    assertError(client(certificate, none), "n8n.client_key_file", "none.pem", "does not exist");
  }

  @Test
  void aFileThatIsNoCertificateIsFound() throws IOException {
    Path der =
        Files.write(folder.resolve("ca.der"), new byte[] {0x30, (byte) 0x82, 1, (byte) 0xff});
    String good = Pems.text("certificate.pem");

    assertError(findings("ca_file", file("empty", "")), "n8n.ca_file", HINT);
    assertError(findings("ca_file", der), "n8n.ca_file", HINT, "-inform DER");
    assertError(findings("ca_file", key), "n8n.ca_file", "key.pem", HINT);
    assertError(client(key, key), "n8n.client_cert_file", "key.pem", HINT);
    assertError(
        findings("ca_file", file("cut", good.substring(0, 300))), "n8n.ca_file", "is cut off");
    assertError(
        findings("ca_file", file("odd", good.replace("MII", "M!!"))), "n8n.ca_file", "not base64");
    assertError(
        findings("ca_file", file("half", good + TlsIdentity.pem("CERTIFICATE", new byte[9]))),
        "n8n.ca_file",
        "certificate no. 2 cannot be read");
  }

  @Test
  void aFileThatIsNoKeyIsFound() {
    assertError(
        client(certificate, certificate), "n8n.client_key_file", "has no key", "PRIVATE KEY");
    assertError(
        client(certificate, file("odd", TlsIdentity.pem("PRIVATE KEY", new byte[9]))),
        "n8n.client_key_file",
        "cannot be read");
    assertError(
        findings(
            "client_cert_file",
            certificate,
            "client_key_file",
            file("odd", TlsIdentity.pem("ENCRYPTED PRIVATE KEY", new byte[9])),
            "client_key_password",
            Pems.PASSWORD),
        "n8n.client_key_file",
        "cannot read");
  }

  @Test
  void everythingWrongIsFoundAtOnce() {
    assertThat(findings("ca_file", folder.resolve("none"), "client_key_file", key))
        .hasSize(2);
  }

  @Test
  void aCertificateOutOfItsTimeIsAWarning() {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    Instant inMonths = Instant.now().plus(Duration.ofDays(90));
    TlsIdentity old = CA.issue("EC", yesterday);
    Path oldCa = file("old-ca.pem", TlsIdentity.authority("old-ca", yesterday).certificatesPem());
    Path newCa = file("new-ca.pem", TlsIdentity.authority("new-ca", inMonths).certificatesPem());

    assertWarning(findings("ca_file", oldCa), "n8n.ca_file", "CN=old-ca", "has expired");
    assertWarning(findings("ca_file", newCa), "n8n.ca_file", "CN=new-ca", "is not valid yet");
    assertWarning(
        client(file("c", old.certificatesPem()), file("k", old.keyPem())),
        "n8n.client_cert_file",
        "has expired");
  }

  private static void assertWarning(List<String> findings, String setting, String... words) {
    assertThat(findings).singleElement().asString().startsWith("warning ").contains(words);
    assertThat(findings.get(0)).matches("\\w+ s\\.toml:[2-4]: " + setting + ": .*");
  }
}
