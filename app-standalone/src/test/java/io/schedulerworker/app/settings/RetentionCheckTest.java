package io.schedulerworker.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is waited for must not be longer than it is kept. */
class RetentionCheckTest {
  private static List<String> findings(String toml) {
    return SettingsReader.check(toml, "s.toml").findings().stream()
        .map(Finding::toString)
        .toList();
  }

  @Test
  void whatIsKeptForLongIsFine() {
    assertThat(findings("")).isEmpty();
    assertThat(findings("retention = \"11m\"")).isEmpty();
  }

  @Test
  void aTimeoutAfterTheRecordIsGoneIsWarnedOf() {
    assertThat(findings("retention = \"20m\"\njob_timeout = \"20m\""))
        .singleElement()
        .asString()
        .startsWith("s.toml:2: ")
        .contains("retention = 20m and job_timeout = 20m no job runs into its timeout");
  }

  @Test
  void aLeaseThatOutlivesItsKeyIsWarnedOf() {
    assertThat(findings("retention = \"15m\"\nlease = \"15m\""))
        .singleElement()
        .asString()
        .contains("a lease is gone before it is over");
  }

  @Test
  void aWatchThatComesTooLateIsWarnedOf() {
    assertThat(findings("retention = \"10m\""))
        .singleElement()
        .asString()
        .startsWith("s.toml:1: ")
        .contains("watch.grace = 5m what is late is gone before it is told of");
  }
}
