package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.TriggerOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * An answer that hangs the JDK's client for good. In a process of its own, because it costs that a processor.
 */
class HungClientTest {
  /** The process: calls the bad server, a good one, and the bad one again. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      String impossible =
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + arguments[0] + "\r\nabc\r\n";
      try (ScriptedServer bad = ScriptedServer.answering(impossible);
          ScriptedServer good =
              ScriptedServer.answering(ScriptedServer.http(200, "", "application/json", "{}"));
          N8nTrigger trigger = Calls.trigger(
              Calls.settings().responseTimeout(Duration.ofSeconds(4)).build())) {
        for (ScriptedServer server : List.of(bad, good, bad, good)) {
          TriggerOutcome outcome =
              Calls.outcome(trigger.trigger(Calls.request("k", server.url("/"))));
          System.out.println(outcome.getClass().getSimpleName() + " " + outcome.reason());
        }
      }
      // The thread that hangs is a daemon, and the servers' may not be.
      Runtime.getRuntime().halt(0);
    }
  }

  @Test
  void theClientIsGivenUpAndTheHostIsNotCalledAgain() throws Exception {
    for (String size : List.of("80000000", "fffffffe")) {
      List<String> said = victim(size);
      assertThat(said).filteredOn(line -> line.startsWith("Accepted")).hasSize(3);
      assertThat(said.get(2)).startsWith("Refused ").contains("a chunk of an impossible size");
    }
  }

  private static List<String> victim(String size) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            size)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } finally {
      process.destroyForcibly();
    }
  }
}
