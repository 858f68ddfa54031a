package io.schedulerworker.n8n;

import io.schedulerworker.testing.TlsIdentity;
import io.schedulerworker.testing.TlsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A server that speaks an old TLS alone, as a process of its own: a JVM that may do so is no place for other tests. */
final class OldTlsServer implements AutoCloseable {
  private final Process process;
  private final int port;

  OldTlsServer(Path folder, String protocol) throws IOException {
    Path allowed =
        Files.writeString(folder.resolve("old.security"), "jdk.tls.disabledAlgorithms=SSLv3\n");
    process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.security.properties=" + allowed,
            "-cp",
            System.getProperty("java.class.path"),
            OldTlsServer.class.getName(),
            protocol)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    port = Integer.parseInt(out.readLine());
  }

  URI url() {
    return URI.create("https://127.0.0.1:" + port + "/webhook/kpi-1");
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** Serves until its stdin ends, with the process that started it. */
  public static void main(String[] protocols) throws IOException {
    TlsIdentity identity =
        TlsIdentity.selfSigned(Instant.now().plus(Duration.ofDays(1)), "127.0.0.1");
    try (TlsServer server =
        new TlsServer(identity.context(), socket -> socket.setEnabledProtocols(protocols))) {
      System.out.println(server.port());
      System.in.read();
    }
  }
}
