package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as a user first meets it. */
class CommandLineIT {
  private static final Duration MOST_FOR_DEMO = Duration.ofSeconds(15);

  @Test
  void saysItsVersion() {
    AppProcess.Result result = AppProcess.quick().run("--version").assertExit(0);

    assertThat(result.outLines()).containsExactly("scheduler-worker " + AppProcess.VERSION);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void helpNamesTheCommands() {
    AppProcess.Result result = AppProcess.quick().run("--help").assertExit(0);

    assertThat(result.out())
        .contains("serve", "run", "jobs", "registry", "next", "validate", "demo", "--version");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aCommandsHelpNamesItsOptionsAndExitCodes() {
    AppProcess.Result result = AppProcess.quick().run("run", "--help").assertExit(0);

    assertThat(result.out())
        .contains("--registry", "--kpi", "--json", "--config-kv", "--jobs-kv")
        .contains("Exit code", "N8N_API_KEY", "130");
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bogus",
        "--bogus",
        "next",
        "run --kpi",
        "next a b",
        "jobs",
        "jobs bogus",
        "jobs show trace_1",
        "jobs watch trace_1",
        "registry",
        "registry import",
        "validate"
      })
  void aWrongCommandLineIsOneLine(String arguments) {
    AppProcess.quick().run(arguments.split(" ", -1)).assertMistake("--help");
  }

  @Test
  void aResultThatCannotBeWrittenIsNoSuccess() {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();

    AppProcess.Result result =
        AppProcess.quick().into(full).run("next", "* * * * *").assertExit(74);

    assertThat(result.errLines())
        .containsExactly(
            "scheduler-worker: the result could not be written: No space left on device");
  }

  @Test
  void theDemoShowsARetryAndTheFinalRecord() {
    AppProcess.Result result = AppProcess.app().run("demo").assertExit(0);

    System.out.printf("demo took %d ms%n", result.took().toMillis());
    assertThat(result.took()).isLessThan(MOST_FOR_DEMO);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("attempt 1", "answered 503", "again in", "attempt 2");
    Map<String, Object> job = record(result.out());
    assertThat(job).containsEntry("status", "completed");
    assertThat(Json.object(Json.object(job, "kpis"), "eth-gas")).containsEntry("retryCount", 1);
    assertThat(Json.object(job, "metadata"))
        .containsEntry("totalKPIs", 5)
        .containsEntry("completedKPIs", 5);
  }

  private static Map<String, Object> record(String out) {
    int from = out.indexOf("\n{");
    return Json.object(out.substring(from, out.lastIndexOf("\n}") + 2));
  }
}
