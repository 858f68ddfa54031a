package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings as the process takes them. */
final class SettingsIT {
  @TempDir
  Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("settings.toml"), text);
  }

  @Test
  void everyFindingIsALineOnStderrAndNothingIsDone() throws IOException {
    Path file = file("retries = 3\n[dispatch]\nretries = \"many\"\n");

    AppProcess.Result result = AppProcess.quick()
        .env("SCHEDULER_N8N_API_KEY", "hush\u0007hush")
        .run("run", "--config", file.toString())
        .assertExit(2);

    assertThat(result.errLines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("scheduler-worker: "))
        .anySatisfy(line -> assertThat(line).contains("settings.toml:1: there is no setting"))
        .anySatisfy(
            line -> assertThat(line).contains("settings.toml:3: dispatch.retries = \"many\""))
        .anySatisfy(line -> assertThat(line).contains("SCHEDULER_N8N_API_KEY: n8n.api_key: "));
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).doesNotContain("hush");
  }

  @Test
  void theFileSaysWhereTheStoresAre() throws IOException {
    Path store = folder.resolve("config");
    Path file = file("config_kv = 'file:" + store + "'\n");

    AppProcess.quick()
        .env("CONFIG_KV", "")
        .run("run", "--config", file.toString())
        .assertMistake("registry");

    assertThat(store).exists();
  }

  @Test
  void aStoreThatCannotBeOpenedIsNamedByItsSetting() {
    AppProcess.quick().run("run", "--jobs-kv", "file:" + folder).assertMistake("jobs_kv: file:");
  }
}
