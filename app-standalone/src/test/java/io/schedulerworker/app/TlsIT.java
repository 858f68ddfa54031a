package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.tls.Pems;
import io.schedulerworker.testing.TlsIdentity;
import io.schedulerworker.testing.TlsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process over https. */
class TlsIT {
  private static final TlsIdentity CA = TlsIdentity.authority("our-ca");

  @TempDir
  Path directory;

  private String file(String name, String text) {
    return Pems.file(directory, name, text).toString();
  }

  private String registry(TlsServer server) throws IOException {
    return Registry.file(
        directory, Registry.of(Registry.kpi("kpi-0", server.url().toString())));
  }

  @Test
  void aHostOfOurAuthorityIsCalledWithOurCertificate() throws IOException {
    TlsIdentity client = CA.issue();
    try (TlsServer n8n = TlsServer.wantingClients(CA.issue("127.0.0.1"), CA)) {
      AppProcess.quick()
          .env("SCHEDULER_N8N_CLIENT_CERT_FILE", file("client.pem", client.certificatesPem()))
          .env("SCHEDULER_N8N_CLIENT_KEY_FILE", file("client.key", client.keyPem()))
          .run(
              "run",
              "--registry",
              registry(n8n),
              "--n8n.ca-file",
              file("ca.pem", CA.certificatesPem()))
          .assertExit(0);
      assertThat(n8n.callers())
          .containsExactly(client.certificate().getSubjectX500Principal().getName());
    }
  }

  @Test
  void aHostOfAnotherAuthorityIsNotCalledAndTheSettingIsNamed() throws IOException {
    try (TlsServer n8n = TlsServer.of(CA.issue("127.0.0.1"))) {
      AppProcess.Result result =
          AppProcess.quick().run("run", "--json", "--registry", registry(n8n)).assertExit(1);

      assertThat(result.out()).contains("cannot be called over TLS", "n8n.ca_file");
      assertThat(n8n.callers()).isEmpty();
    }
  }

  @Test
  void aWrongFileIsOneLineAndNothingIsStarted() throws IOException {
    String key = file("key.pem", Pems.text("encrypted.pem"));
    String certificate = file("certificate.pem", Pems.text("certificate.pem"));
    String settings = file(
        "settings.toml",
        "[n8n]\nclient_cert_file = '" + certificate + "'\nclient_key_file = '" + key + "'\n");

    for (String command : new String[] {"run", "serve"}) {
      AppProcess.Result result = AppProcess.quick()
          .env("SCHEDULER_N8N_CLIENT_KEY_PASSWORD", "wrong-horse")
          .run(command, "--config", settings);
      result.assertMistake("n8n.client_key_password", "key.pem", "is not the password");
      assertThat(result.err()).doesNotContain("horse");
    }
    AppProcess.Result validation = AppProcess.quick().run("validate", settings).assertExit(2);
    assertThat(validation.out())
        .contains("error: ", "n8n.client_key_file", "n8n.client_key_password is not set");
    Files.delete(Path.of(key));
    AppProcess.quick()
        .run("run", "--config", settings)
        .assertMistake("n8n.client_key_file", "does not exist");
  }
}
