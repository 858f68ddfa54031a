package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Map<String, String> VARIABLES = Map.of(
      "ENVIRONMENT", "production",
      "CONFIG_KV", "memory:config",
      "JOBS_KV", "memory:jobs",
      "N8N_API_KEY", "s3cret");

  @Test
  void aFlagGoesBeforeTheEnvironment() {
    Settings settings = Settings.of(VARIABLES, "memory:flag", null);

    assertThat(settings.configKv()).isEqualTo("memory:flag");
    assertThat(settings.jobsKv()).isEqualTo("memory:jobs");
  }

  @Test
  void theEnvironmentGoesBeforeTheDefault() {
    Settings settings = Settings.of(VARIABLES, null, null);

    assertThat(settings)
        .isEqualTo(new Settings("production", "memory:config", "memory:jobs", "s3cret"));
  }

  @Test
  void whatIsNotSetOrBlankHasADefault() {
    Settings expected = new Settings("development", "memory:", "memory:", null);

    assertThat(Settings.of(Map.of(), null, null)).isEqualTo(expected);
    assertThat(Settings.of(Map.of("ENVIRONMENT", "", "N8N_API_KEY", " "), "", " "))
        .isEqualTo(expected);
  }

  @Test
  void showsNoSecret() {
    String withPassword = "redis://user:hunter2@localhost";
    assertThat(Settings.of(VARIABLES, withPassword, withPassword).toString())
        .contains("production", "***")
        .doesNotContain("s3cret", "hunter2");
    assertThat(Settings.of(Map.of(), null, null).toString()).contains("n8nApiKey=none");
  }
}
