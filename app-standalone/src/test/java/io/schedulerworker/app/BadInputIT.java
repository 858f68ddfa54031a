package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be a job is one line on stderr and exit code 2. */
class BadInputIT {
  private static final int DEEP = 100_000;

  @TempDir
  Path directory;

  static Stream<Arguments> registries() {
    String nobody = "http://127.0.0.1:9/webhook/x";
    return Stream.of(
        Arguments.of("empty", ""),
        Arguments.of("cut off", "{\"kpis\": ["),
        Arguments.of("no object", "[1, 2]"),
        Arguments.of("nothing in it", "{}"),
        Arguments.of("list is none", "{\"kpis\": {\"id\": \"x\"}}"),
        Arguments.of("wrong types", "{\"kpis\": [{\"id\": 1, \"name\": [], \"active\": \"yes\"}]}"),
        Arguments.of("inactive", Registry.of(Registry.kpi("x", nobody)).replace("true", "false")),
        Arguments.of("nesting outside", "[".repeat(DEEP)),
        Arguments.of("nesting inside", "{\"kpis\":[{\"id\":" + "[".repeat(DEEP) + "]}"),
        Arguments.of("huge string", "{\"kpis\":\"" + "x".repeat(30_000_000) + "\"}"),
        Arguments.of("control characters", "{\"kpis\": \u001b[31m\r\n\u2028oops}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("registries")
  void aRegistryThatIsNone(String name, String text) throws IOException {
    String file = Registry.file(directory, text);

    AppProcess.Result result = AppProcess.quick().run("run", "--json", "--registry", file);

    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).doesNotContain("Exception", "\tat ", "\u001b", "\u2028");
    assertThat(result.err().length()).isLessThan(2_000);
    if (!name.equals("wrong types")) {
      result.assertMistake();
    }
  }

  @Test
  void aFileThatIsNone() throws IOException {
    AppProcess.quick()
        .run("run", "--registry", directory.resolve("missing.json").toString())
        .assertMistake("missing.json", "does not exist");
    AppProcess.quick()
        .run("run", "--registry", directory.toString())
        .assertMistake("is a directory");
    Path binary = Files.write(directory.resolve("binary.json"), new byte[] {'{', (byte) 0xff, '}'});
    AppProcess.quick().run("run", "--registry", binary.toString()).assertMistake("UTF-8");
  }

  @Test
  void aStoreWithoutARegistry() {
    AppProcess.quick().run("run", "--config-kv", "memory:").assertMistake("kpi-registry");
  }

  @Test
  void aStoreThatNobodyKnowsNamesThoseThatAreAndNoPassword() {
    AppProcess.Result flag =
        AppProcess.quick().run("run", "--jobs-kv", "bogus://user:hunter2@127.0.0.1/0");
    flag.assertMistake("bogus:", "memory:");
    assertThat(flag.err()).doesNotContain("hunter2");

    AppProcess.Result variable =
        AppProcess.quick().env("CONFIG_KV", "bogus://:hunter2@127.0.0.1/0").run("run");
    variable.assertMistake("bogus:", "memory:");
    assertThat(variable.err()).doesNotContain("hunter2");
  }

  @Test
  void ofAMisspeltFlagTheNameIsShownAndNotTheKeyAfterIt() {
    AppProcess.Result apart = AppProcess.quick().run("run", "--n8n-api-key", "hunter2");
    apart.assertMistake("\"--n8n-api-key\"", "did you mean \"--n8n.api-key\"?");
    AppProcess.Result joined = AppProcess.quick().run("run", "--n8n-api-key=hunter2");
    joined.assertMistake("\"--n8n-api-key\"", "did you mean \"--n8n.api-key\"?");

    assertThat(apart.err() + joined.err()).doesNotContain("hunter2");
  }

  @Test
  void aMisspeltCommandIsGuessedAt() {
    AppProcess.quick().run("valdate").assertMistake("did you mean \"validate\"?");
  }

  @Test
  void aKeyThatNoHeaderCanCarryIsNotShown() {
    AppProcess.Result result =
        AppProcess.quick().env("N8N_API_KEY", "hunter2\nx").run("run");

    result.assertMistake("key");
    assertThat(result.err()).doesNotContain("hunter2");
  }
}
