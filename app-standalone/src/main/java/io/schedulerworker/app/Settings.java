package io.schedulerworker.app;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command runs with: a flag where there is one, else the environment, else the default.
 *
 * @param environment names the environment in records and payloads
 * @param configKv URI of the store that holds the registry
 * @param jobsKv URI of the store that holds the job records
 * @param n8nApiKey sent to the webhooks; null for none
 */
record Settings(
    String environment,
    String configKv,
    String jobsKv,
    @Nullable String n8nApiKey) {
  private static final String DEFAULT_ENVIRONMENT = "development";
  private static final String DEFAULT_STORE = "memory:";

  static Settings of(
      Map<String, String> variables, @Nullable String configKvFlag, @Nullable String jobsKvFlag) {
    return new Settings(
        first(variables.get("ENVIRONMENT"), DEFAULT_ENVIRONMENT),
        first(configKvFlag, first(variables.get("CONFIG_KV"), DEFAULT_STORE)),
        first(jobsKvFlag, first(variables.get("JOBS_KV"), DEFAULT_STORE)),
        given(variables.get("N8N_API_KEY")));
  }

  private static String first(@Nullable String wish, String otherwise) {
    String given = given(wish);
    return given == null ? otherwise : given;
  }

  /** A variable that is set to nothing counts as not set. */
  private static @Nullable String given(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }

  @Override
  public String toString() {
    return "Settings[environment=%s, n8nApiKey=%s]"
        .formatted(environment, n8nApiKey == null ? "none" : "***");
  }
}
