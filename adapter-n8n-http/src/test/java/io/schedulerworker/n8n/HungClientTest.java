package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.TriggerOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * An answer that hangs the JDK's client for good. In a process of its own, because it costs that a processor.
 */
class HungClientTest {
  /** The process: calls the bad server with each of its clients, a good one with each, and the bad one again. */
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
        callWithEach(trigger, bad);
        System.out.println("hung " + hungThreads());
        callWithEach(trigger, good);
        callWithEach(trigger, bad);
      }
      // The thread that hangs is a daemon, and the servers' may not be.
      Runtime.getRuntime().halt(0);
    }

    private static void callWithEach(N8nTrigger trigger, ScriptedServer server) {
      List<CompletionStage<TriggerOutcome>> calls = Stream.generate(
              () -> trigger.trigger(Calls.request("k", server.url("/"))))
          .limit(Clients.EACH)
          .toList();
      for (CompletionStage<TriggerOutcome> call : calls) {
        TriggerOutcome outcome = Calls.outcome(call);
        System.out.println(outcome.getClass().getSimpleName() + " " + outcome.reason());
      }
    }

    private static long hungThreads() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().endsWith("-SelectorManager"))
          .filter(HungReaders::isHung)
          .count();
    }
  }

  @Test
  void theClientsAreGivenUpAndTheHostIsNotCalledAgain() throws Exception {
    for (String size : List.of("80000000", "fffffffe")) {
      List<String> said = victim(size);
      assertThat(said).contains("hung " + Clients.EACH);
      // The heads of the bad answers are there, which is all that counts.
      assertThat(said).filteredOn(line -> line.startsWith("Accepted")).hasSize(2 * Clients.EACH);
      assertThat(said)
          .filteredOn(line -> line.startsWith("Refused "))
          .hasSize(Clients.EACH)
          .allMatch(line -> line.contains("a chunk of an impossible size"));
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
