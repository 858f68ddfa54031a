package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is cut short. */
class SignalIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration A_MOMENT = Duration.ofMillis(300);
  static final int HUP = 1;
  static final int INT = 2;

  private static final int KPIS = 400;

  @TempDir
  Path directory;

  @Test
  void sigintEndsTheCallsInFlightAndBeginsNoOthers() throws Exception {
    assumeTrue(isHeard(INT), "who started this build ignores SIGINT, so its children do");
    try (WebhookServer server = new WebhookServer().hold();
        AppProcess.Running running = AppProcess.quick()
            .start("run", "--registry", Registry.file(directory, Registry.of(KPIS, server)))) {
      assertThat(server.awaitArrivals(2, SOON)).isTrue();

      running.interrupt();
      int arrived = 2;
      server.release(1);
      while (server.awaitArrivals(1, A_MOMENT)) {
        arrived++;
        server.release(1);
      }
      server.release(KPIS);

      AppProcess.Result result = running.end();
      assertThat(result.exitCode()).as(result.err()).isEqualTo(130);
      assertThat(server.calls()).hasSize(arrived).hasSizeLessThan(KPIS);
      assertThat(result.err())
          .doesNotContain("Exception", "\tat ")
          .contains("KPIs are left to call by another process");
    }
  }

  /** Whether a signal is not ignored: that is inherited, from nohup for example. */
  static boolean isHeard(int number) throws IOException {
    Path status = Path.of("/proc/self/status");
    return !Files.exists(status)
        || Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> Long.parseUnsignedLong(line.substring(7).trim(), 16))
            .allMatch(mask -> (mask & (1L << (number - 1))) == 0);
  }
}
