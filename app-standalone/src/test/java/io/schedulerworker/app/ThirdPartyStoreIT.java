package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.example.MapKvStoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that somebody else wrote, on the class path beside the jar. */
class ThirdPartyStoreIT {
  @TempDir
  Path directory;

  private Path adapter() throws IOException {
    Path services = Files.createDirectories(directory.resolve("adapter/META-INF/services"));
    Files.writeString(
        services.resolve("io.schedulerworker.port.KvStoreProvider"),
        MapKvStoreProvider.class.getName() + "\n");
    return directory.resolve("adapter");
  }

  private static Path classes() {
    return Path.of(MapKvStoreProvider.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .getPath());
  }

  @Test
  void itsSchemeNamesAStore() throws IOException {
    try (WebhookServer n8n = new WebhookServer()) {
      String registry = Registry.file(directory, Registry.of(2, n8n));
      AppProcess.Result result = AppProcess.withClassPath(classes(), adapter())
          .env("JOBS_KV", "map:")
          .run("run", "--registry", registry);
      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).contains("2 of 2");
    }
  }

  @Test
  void withoutItTheSchemeIsUnknownAndTheOthersAreNamed() {
    AppProcess.Result result = AppProcess.quick().env("JOBS_KV", "map:").run("jobs", "list");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("jobs_kv: no store is known for \"map:\"")
        .contains("dynamodb:, file:, memory:, redis:, redis-cluster:, redis-sentinel:, rediss:");
  }

  @Test
  void storesThatNeedNothingAreNotMade() {
    AppProcess.Result result = AppProcess.quick().run("stores", "create");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("config_kv: nothing to make", "jobs_kv: nothing to make");
  }

  @Test
  void aTableThatCannotBeMadeIsSaidWithItsSetting() {
    AppProcess.Result result = AppProcess.quick()
        .env("AWS_ACCESS_KEY_ID", "a")
        .env("AWS_SECRET_ACCESS_KEY", "hunter2")
        .env("JOBS_KV", "dynamodb://jobs?region=eu-central-1&endpoint=http://127.0.0.1:1")
        .run("stores", "create");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("jobs_kv: dynamodb://jobs: ").doesNotContain("hunter2");
  }
}
