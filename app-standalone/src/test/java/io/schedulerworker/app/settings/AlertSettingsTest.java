package io.schedulerworker.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.alerts.AlertFormat;
import io.schedulerworker.app.alerts.AlertKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of alerts and heartbeats. */
final class AlertSettingsTest {
  private static final String URL = "https://hooks.example.com/planted";
  private static final String SCHEDULE = "[[schedules]]\nid = \"s\"\ncron = \"0 1 * * *\"\n";

  @TempDir
  Path folder;

  private static Settings good(String toml) {
    SettingsReader.Result result = SettingsReader.check(toml, "s.toml");
    assertThat(result.findings()).isEmpty();
    assertThat(result.shown()).doesNotContain("planted");
    return result.settings().orElseThrow();
  }

  private static List<String> findings(String toml) {
    List<String> all = SettingsReader.check(toml, "s.toml").findings().stream()
        .map(Finding::toString)
        .toList();
    assertThat(all).isNotEmpty().noneMatch(each -> each.contains("planted"));
    return all;
  }

  private static Optional<String> heartbeat(Settings settings) {
    return settings.schedules().get(0).heartbeat().map(Secret::reveal);
  }

  @Test
  void byDefaultNobodyIsTold() {
    Settings.Alerts alerts = good("").alerts();
    assertThat(alerts.url()).isEmpty();
    assertThat(alerts.format()).isEqualTo(AlertFormat.JSON);
    assertThat(alerts.rules().on()).containsExactlyInAnyOrder(AlertKind.values());
    assertThat(alerts.rules().repeatAfter()).isEqualTo(Duration.ofHours(4));
    assertThat(alerts.rules().hostClosedFor()).isEqualTo(Duration.ofMinutes(5));
    assertThat(alerts.rules().storeAwayFor()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void allOfItCanBeSet() {
    Settings.Alerts alerts = good("[alerts]\nurl = \"" + URL + "\"\nformat = \"slack\"\n"
            + "on = [\"job_failed\", \"store_away\"]\nrepeat_after = \"1h\"\n"
            + "host_closed_for = \"0\"\nstore_away_for = \"2m\"\n")
        .alerts();
    assertThat(alerts.url().map(Secret::reveal)).contains(URL);
    assertThat(alerts.format()).isEqualTo(AlertFormat.SLACK);
    assertThat(alerts.rules().on())
        .containsExactlyInAnyOrder(AlertKind.JOB_FAILED, AlertKind.STORE_AWAY);
    assertThat(alerts.rules().hostClosedFor()).isZero();
    assertThat(alerts.toString()).doesNotContain("planted");
  }

  @Test
  void theAddressMayBeInAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("hook"), URL + "\n");
    Settings settings = SettingsReader.read(
            Map.of(), Map.of("SCHEDULER_ALERTS_URL_FILE", file.toString()), Optional.empty())
        .settings()
        .orElseThrow();
    assertThat(settings.alerts().url().map(Secret::reveal)).contains(URL);
    assertThat(heartbeat(good(SCHEDULE + "heartbeat_url_file = '" + file + "'\n")))
        .contains(URL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "planted",
        "ftp://h/planted",
        "https:///planted",
        "https://planted@h/x",
        "http://h/ planted"
      })
  void whatIsNoAddressIsFoundAndNotShown(String wrong) {
    assertThat(findings("alerts.url = \"" + wrong + "\""))
        .singleElement()
        .asString()
        .startsWith("s.toml:1: alerts.url: it ")
        .contains("expected a URL like https://");
    assertThat(findings(SCHEDULE + "heartbeat_url = \"" + wrong + "\""))
        .singleElement()
        .asString()
        .startsWith("s.toml:4: heartbeat_url: it ");
  }

  @Test
  void anUnknownKindIsFoundWithTheNearestOne() {
    assertThat(findings("alerts.url = \"" + URL + "\"\nalerts.on = [\"job_fail\"]"))
        .singleElement()
        .asString()
        .startsWith("s.toml:2: alerts.on = [\"job_fail\"]: there is no alert \"job_fail\";"
            + " did you mean \"job_failed\"?; expected a list, each one of job_failed, ");
  }

  @Test
  void whatHasNoEffectIsWarnedOf() {
    assertThat(findings("alerts.format = \"slack\""))
        .containsExactly("s.toml:1: alerts.format is set, but alerts.url is not: it has no effect");
  }

  @Test
  void theHeartbeatOfCronsIsForASingleOne() {
    String heartbeat = "triggers.heartbeat_url = \"" + URL + "\"\n";
    assertThat(heartbeat(good(heartbeat))).contains(URL);
    assertThat(heartbeat(good(heartbeat + "triggers.crons = [\"0 1 * * *\"]"))).contains(URL);
    assertThat(findings(heartbeat + "triggers.crons = [\"0 1 * * *\", \"0 2 * * *\"]"))
        .singleElement()
        .asString()
        .startsWith("s.toml:1: triggers.heartbeat_url is for one cron, and triggers.crons has 2;");
    assertThat(findings(heartbeat + SCHEDULE)).singleElement().asString().contains("has 0;");
  }

  @Test
  void aScheduleHasOneHeartbeat() {
    assertThat(findings(SCHEDULE + "heartbeat_url = \"" + URL + "\"\nheartbeat_url_file = \"x\"\n"))
        .containsExactly("s.toml:1: a schedule has either heartbeat_url or heartbeat_url_file");
    assertThat(heartbeat(good(SCHEDULE))).isEmpty();
  }
}
