package io.schedulerworker.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings about the ends of workflows that do nothing. */
class CompletionSettingsTest {
  private static final String CALLBACKS =
      "public_url = \"https://s.example.com\"\ncallback_secret = \"0123456789abcdef0123456789abcdef\"\n";

  private static List<String> findings(String toml) {
    return SettingsReader.check(toml, "s.toml").findings().stream()
        .map(Finding::toString)
        .toList();
  }

  @Test
  void callbacksWithATimeoutAreFine() {
    assertThat(findings(CALLBACKS)).isEmpty();
    assertThat(findings(CALLBACKS + "retry_unfinished = true")).isEmpty();
    assertThat(findings("job_timeout = \"5m\"\nretry_unfinished = true")).isEmpty();
  }

  @Test
  void whatIsUnfinishedForEverIsNotRetried() {
    for (String toml :
        List.of("retry_unfinished = true", "retry_unfinished = true\njob_timeout = \"0\"")) {
      assertThat(findings(toml))
          .singleElement()
          .asString()
          .startsWith("s.toml:1: ")
          .contains("there is no job_timeout: it has no effect");
    }
  }

  @Test
  void whereAnAnswerIsTheEndNoneIsReported() {
    assertThat(findings(CALLBACKS + "completion = \"trigger\""))
        .singleElement()
        .asString()
        .startsWith("s.toml:1: ")
        .contains("it has no effect");
  }
}
