package io.schedulerworker.app;

import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.app.settings.SettingsReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a caller may send to the HTTP API: any bytes, with the key {@code k} if it likes. */
public final class RequestFuzz {
  private static final byte[] HEALTH =
      "GET /api/health/live HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final URI URL = service();
  private static int inputs;

  private RequestFuzz() {}

  private static URI service() {
    Settings settings = SettingsReader.read(
            Map.of(
                "--port", "0",
                "--api-key", "k",
                "--config-kv", "memory:",
                "--jobs-kv", "memory:",
                "--public-url", "http://h",
                "--callback-secret", "0123456789abcdef",
                // Jobs are made, and nobody is called.
                "--n8n.allow-hosts", "nobody.invalid"),
            Map.of(),
            Optional.empty())
        .settings()
        .orElseThrow();
    return Service.start(settings, List.of()).url();
  }

  /** One input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    String answer = send(input);
    Fuzzing.check(!answer.startsWith("HTTP/1.1 500"), "a defect: " + answer);
    if (++inputs % 100 == 0) {
      Fuzzing.check(send(HEALTH).startsWith("HTTP/1.1 200"), "no longer alive");
    }
  }

  private static String send(byte[] request) throws IOException {
    try (Socket socket = new Socket(URL.getHost(), URL.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (java.net.SocketException e) {
      return "gone";
    }
  }
}
