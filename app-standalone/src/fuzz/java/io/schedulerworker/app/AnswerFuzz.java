package io.schedulerworker.app;

import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.BreakerSettings;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.port.WorkflowTriggerProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What a server behind a webhook may answer: any bytes, and then the end of the connection. */
public final class AnswerFuzz {
  /**
   * A chunk's size that the JDK's client loops over for ever, which {@code HungClientTest} is about. It may stand anywhere:
   * what the client skips between chunks it does not look at.
   */
  private static final Pattern HANGS_THE_CLIENT =
      Pattern.compile("[89a-fA-F][0-9a-fA-F]{7}(?![0-9a-fA-F])");

  /** What the server's own words, which stand behind, cannot look like. */
  private static final Pattern NOT_CALLED = Pattern.compile("\\S+ is not called any more");

  private static final TraceId TRACE_ID = new TraceId("trace_20250814_120000_abc12345");
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static volatile byte[] answer = {};
  private static final ServerSocket SERVER = server();
  private static final URI WEBHOOK =
      URI.create("http://127.0.0.1:" + SERVER.getLocalPort() + "/webhook/a");
  private static final WorkflowTrigger TRIGGER = trigger();

  private AnswerFuzz() {}

  private static ServerSocket server() {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread thread = new Thread(() -> serve(server), "server");
      thread.setDaemon(true);
      thread.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(ServerSocket server) {
    while (true) {
      try (Socket connection = server.accept()) {
        connection.setSoTimeout(2_000);
        read(connection.getInputStream());
        connection.getOutputStream().write(answer);
        connection.shutdownOutput();
      } catch (IOException e) {
        // The other side went away.
      }
    }
  }

  /** The head, and the two bytes of the body. */
  private static void read(InputStream in) throws IOException {
    int ends = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
      if (ends == 2) {
        in.readNBytes(2);
        return;
      }
    }
  }

  private static WorkflowTrigger trigger() {
    // A breaker that never opens: every call is to be made.
    BreakerSettings open =
        new BreakerSettings(100, 1_000_000, Duration.ofMillis(10), Duration.ofMillis(1), PATIENCE);
    return ServiceLoader.load(WorkflowTriggerProvider.class)
        .findFirst()
        .orElseThrow()
        .open(TriggerSettings.builder("fuzz/1")
            .responseTimeout(PATIENCE)
            .breaker(open)
            .build());
  }

  /** One input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (HANGS_THE_CLIENT.matcher(new String(input, StandardCharsets.ISO_8859_1)).find()) {
      return;
    }
    answer = input.clone();
    TriggerOutcome outcome = TRIGGER
        .trigger(new TriggerRequest(TRACE_ID, "k", IdempotencyKey.of(TRACE_ID, "k"), WEBHOOK, "{}"))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    if (outcome.reason() != null) {
      Fuzzing.checkLine(outcome.reason());
      checkCalled(outcome.reason());
    }
  }

  /** From an answer that hangs the client on, nothing would be tried any more. */
  private static void checkCalled(String reason) {
    if (NOT_CALLED.matcher(reason).lookingAt()) {
      throw new IllegalStateException("the client hangs: " + reason);
    }
  }
}
