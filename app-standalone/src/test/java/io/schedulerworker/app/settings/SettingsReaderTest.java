package io.schedulerworker.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.http.LoggedRequests;
import io.schedulerworker.app.tls.TlsFiles;
import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.port.BreakerSettings;
import io.schedulerworker.reach.HostRule;
import io.schedulerworker.reach.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsReaderTest {
  private static final Map<String, String> NOTHING = Map.of();

  @TempDir
  Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("settings.toml"), text);
  }

  private static Settings good(SettingsReader.Result result) {
    assertThat(result.findings()).isEmpty();
    return result.settings().orElseThrow();
  }

  private static Settings ofEnvironment(Map<String, String> environment) {
    return good(SettingsReader.read(NOTHING, environment, Optional.empty()));
  }

  private static List<String> findings(String toml) {
    SettingsReader.Result result = SettingsReader.check(toml, "s.toml");
    return result.findings().stream().map(Finding::toString).toList();
  }

  private static List<String> errors(String toml) {
    assertThat(SettingsReader.check(toml, "s.toml").settings()).isEmpty();
    return findings(toml);
  }

  @Test
  void withoutAnythingTheDefaultsOfTheContractHold() {
    Settings settings = ofEnvironment(NOTHING);

    assertThat(settings.environment()).isEqualTo("development");
    assertThat(settings.configKv()).isEqualTo("file:data/config");
    assertThat(settings.jobsKv()).isEqualTo("file:data/jobs");
    assertThat(settings.http())
        .isEqualTo(new Settings.Http(
            "127.0.0.1", 8080, List.of(), false, List.of(), LoggedRequests.CHANGES));
    assertThat(settings.registryFile()).isEmpty();
    assertThat(settings.registryMaxAge()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.completion()).isEqualTo(CompletionMode.CALLBACK);
    assertThat(settings.retention()).isEqualTo(Duration.ofDays(90));
    assertThat(settings.shutdownGrace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.n8n())
        .isEqualTo(new Settings.N8n(
            List.of(),
            Optional.empty(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            BreakerSettings.defaults(Duration.ofSeconds(30)),
            Reach.DEFAULT,
            TlsFiles.NONE));
    assertThat(settings.dispatch()).isEqualTo(DispatchPolicy.DEFAULT);
    assertThat(settings.schedules()).singleElement().satisfies(each -> {
      assertThat(each.schedule().id()).isEqualTo(new ScheduleId("cron-0gerc8sp"));
      assertThat(each.schedule().zone()).isEqualTo(ZoneId.of("UTC"));
    });
  }

  @Test
  void hostsAreListsInTheFileAndTextsElsewhere() throws IOException {
    Reach wanted = new Reach(
        List.of(HostRule.parse("n8n.example.com"), HostRule.parse("10.0.0.0/8")),
        List.of(HostRule.parse("*.evil.example")),
        true);
    Path file = file("""
        [n8n]
        allow_hosts = ["n8n.example.com", "10.0.0.0/8"]
        deny_hosts = ["*.evil.example"]
        deny_private = true
        """);
    assertThat(SettingsReader.read(Map.of(), Map.of(), Optional.of(file))
            .settings()
            .orElseThrow()
            .n8n()
            .reach())
        .isEqualTo(wanted);
    Map<String, String> variables = Map.of(
        "SCHEDULER_N8N_ALLOW_HOSTS", "n8n.example.com, 10.0.0.0/8",
        "SCHEDULER_N8N_DENY_HOSTS", "*.evil.example",
        "SCHEDULER_N8N_DENY_PRIVATE", "true");
    assertThat(SettingsReader.read(Map.of(), variables, Optional.empty())
            .settings()
            .orElseThrow()
            .n8n()
            .reach())
        .isEqualTo(wanted);
  }

  @Test
  void aWrongHostIsRefusedInWords() {
    assertThat(SettingsReader.read(
                Map.of(), Map.of("SCHEDULER_N8N_DENY_HOSTS", "https://n8n"), Optional.empty())
            .findings())
        .singleElement()
        .asString()
        .contains("SCHEDULER_N8N_DENY_HOSTS", "leave out http:// and the path");
  }

  @Test
  void flagsGoOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file = file("port = 1\nbind = \"::1\"\n[dispatch]\nretries = 7\n");
    Map<String, String> environment = Map.of("PORT", "2", "SCHEDULER_BIND", "0.0.0.0");

    Settings settings =
        good(SettingsReader.read(Map.of("--port", "3"), environment, Optional.of(file)));

    assertThat(settings.http().port()).isEqualTo(3);
    assertThat(settings.http().bind()).isEqualTo("0.0.0.0");
    assertThat(settings.dispatch().retries()).isEqualTo(7);
  }

  @Test
  void aVariableMayNameTheFile() throws IOException {
    Path file = file("environment = \"staging\"");

    Settings settings = ofEnvironment(Map.of("SCHEDULER_CONFIG", file.toString()));

    assertThat(settings.environment()).isEqualTo("staging");
  }

  @Test
  void theNamesOfTheSeedCount() {
    Settings settings = ofEnvironment(Map.of(
        "ENVIRONMENT", "production",
        "N8N_API_KEY", "n8n-key",
        "SCHEDULER_API_KEY", "own-key-of-the-tests",
        "CONFIG_KV", "memory:",
        "JOBS_KV", "memory:jobs",
        "PORT", "0"));

    assertThat(settings.environment()).isEqualTo("production");
    assertThat(settings.n8n().keys().get(0).key().first().reveal()).isEqualTo("n8n-key");
    assertThat(settings.http().keys().get(0).key().first().reveal())
        .isEqualTo("own-key-of-the-tests");
    assertThat(settings.configKv()).isEqualTo("memory:");
    assertThat(settings.jobsKv()).isEqualTo("memory:jobs");
    assertThat(settings.http().port()).isZero();
  }

  @Test
  void theSchemesOwnVariableGoesBeforeOneThatOthersMayHaveSet() {
    assertThat(ofEnvironment(Map.of("PORT", "1", "SCHEDULER_PORT", "2")).http().port())
        .isEqualTo(2);
  }

  @Test
  void blankVariablesCountAsNotSet() {
    assertThat(ofEnvironment(Map.of("PORT", "", "N8N_API_KEY", " ")).http().port())
        .isEqualTo(8080);
  }

  @Test
  void whatKubernetesSetsForAServiceNamedSchedulerIsLeftAlone() {
    Settings settings = ofEnvironment(Map.of(
        "SCHEDULER_PORT", "tcp://10.0.0.1:8080",
        "SCHEDULER_SERVICE_HOST", "10.0.0.1",
        "SCHEDULER_SERVICE_PORT_HTTP", "8080",
        "SCHEDULER_PORT_8080_TCP_ADDR", "10.0.0.1"));

    assertThat(settings.http().port()).isEqualTo(8080);
  }

  @Test
  void secretsComeFromFilesWithoutTheirLineEnd() throws IOException {
    Path own = Files.writeString(folder.resolve("own"), "own-key-of-the-tests\n");
    Path n8n = Files.writeString(folder.resolve("n8n"), "n8n-key\r\n");

    Settings settings = good(SettingsReader.read(
        Map.of("--n8n.api-key-file", n8n.toString()),
        Map.of("SCHEDULER_API_KEY_FILE", own.toString()),
        Optional.empty()));

    assertThat(settings.http().keys().get(0).key().first().reveal())
        .isEqualTo("own-key-of-the-tests");
    assertThat(settings.n8n().keys().get(0).key().first().reveal()).isEqualTo("n8n-key");
    assertThat(settings.toString() + settings.http() + settings.n8n())
        .doesNotContain("own-key-of-the-tests", "n8n-key");
  }

  @Test
  void aSecretsFileThatIsMissingOrBrokenIsAnErrorThatShowsNoContent() throws IOException {
    Path broken = Files.writeString(folder.resolve("key"), "hush\nhush");

    assertThat(errors("api_key_file = \"" + folder.resolve("none") + "\""))
        .singleElement()
        .asString()
        .startsWith("s.toml:1: the file ")
        .endsWith("does not exist");
    assertThat(errors("[n8n]\napi_key_file = '" + broken + "'"))
        .singleElement()
        .asString()
        .startsWith("s.toml:2: n8n.api_key: it has a control character")
        .doesNotContain("hush");
  }

  @Test
  void allFindingsComeAtOnceWithKeyValueLineAndWhatIsAllowed() {
    List<String> errors = errors("""
        prot = 80
        jobs_kv = "redis://me:hush@host"
        retention = 90   # days?
        metrics.public = "yes"
        n8n = "x"

        [dispatch]
        retries = "many"
        retry_delays = ["1s",
          "soon"]
        retry_unkown = true
        not_registered_for = "1 minute"

        [triggers]
        crons = ["61 * * * *"]
        zone = "Mars/Olympus"
        """);

    assertThat(errors)
        .anySatisfy(line -> assertThat(line)
            .isEqualTo("s.toml:1: there is no setting \"prot\"; did you mean \"port\"?"))
        .anySatisfy(line -> assertThat(line)
            .startsWith("s.toml:3: retention = 90: it has no unit; expected a duration like"))
        .contains("s.toml:4: metrics.public = \"yes\" is not allowed; expected true or false")
        .contains("s.toml:5: n8n is a table: write [n8n] above its keys")
        .contains(
            "s.toml:8: dispatch.retries = \"many\" is not allowed; expected a whole number from 0 to 100")
        .anySatisfy(line -> assertThat(line)
            .startsWith("s.toml:9: dispatch.retry_delays = [\"1s\",\"soon\"]: it is no duration"))
        .contains(
            "s.toml:11: there is no setting \"dispatch.retry_unkown\"; did you mean \"dispatch.retry_unknown\"?")
        .anySatisfy(line ->
            assertThat(line).startsWith("s.toml:12: dispatch.not_registered_for = \"1 minute\""))
        .anySatisfy(line -> assertThat(line).startsWith("s.toml:15: triggers.crons = "))
        .anySatisfy(line -> assertThat(line)
            .startsWith("s.toml:16: triggers.zone = \"Mars/Olympus\": there is no such zone"))
        .hasSize(10);
    assertThat(String.join("\n", errors)).doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[alert]|there is no setting \"alert\"; did you mean \"alerts\"?",
        "[trigger]|there is no setting \"trigger\"; did you mean \"triggers\"?",
        "[api_key.x]|api_key: it is a table",
        "[[alerts]]|alerts is a table: write [alerts] above its keys",
        "[[\"n8n.keys\"]]|there is no list of tables \"n8n.keys\"",
        "[[api_key]]|there is no list of tables \"api_key\"; did you mean \"api_keys\"?",
        "[[schedule]]|there is no list of tables \"schedule\"; did you mean \"schedules\"?",
        "[[n8n.key]]|there is no list of tables \"n8n.key\"; did you mean \"n8n.keys\"?",
        "[schedule]|there is no setting \"schedule\"; did you mean \"schedules\"?",
        "environment = production|this is no TOML: *(texts and durations stand in quotes",
        "job_timeout = 30m|this is no TOML: *(texts and durations stand in quotes",
      })
  void namesOfTablesAndMissingQuotesAreGuessedAt(String line, String said) {
    String key = line.startsWith("[") ? "\nname = \"x\"\n" : "\n";
    String[] parts = said.split("\\*", -1);
    assertThat(errors(line + key))
        .singleElement()
        .asString()
        .startsWith("s.toml:1: " + parts[0])
        .contains(parts);
  }

  @Test
  void wrongValuesOfVariablesNameTheVariable() {
    SettingsReader.Result result = SettingsReader.read(
        NOTHING,
        Map.of(
            "SCHEDULER_DISPATCH_RETRIES",
            "-1",
            "JOBS_KV",
            "nowhere",
            "SCHEDULER_METRICS_PUBLIC",
            "yes"),
        Optional.empty());

    assertThat(result.settings()).isEmpty();
    assertThat(result.findings())
        .extracting(Finding::toString)
        .containsExactlyInAnyOrder(
            "SCHEDULER_METRICS_PUBLIC: metrics.public = \"yes\" is not allowed; expected true or false",
            "JOBS_KV: jobs_kv = \"nowhere\": it is no URI; expected the URI of a store, like file:data/jobs",
            "SCHEDULER_DISPATCH_RETRIES: dispatch.retries = \"-1\" is not allowed; expected a whole number from 0 to 100");
  }

  @Test
  void callbacksNeedAnAddressAndASecretAndHaveATimeout() {
    Settings.Callbacks none =
        SettingsReader.check("", "s.toml").settings().orElseThrow().callbacks();
    assertThat(none).isEqualTo(new Settings.Callbacks(Optional.empty(), Duration.ZERO, false));

    Settings.Callbacks some =
        SettingsReader.check("""
        public_url = "https://scheduler.example.com"
        callback_secret = "0123456789abcdef"
        """, "s.toml").settings().orElseThrow().callbacks();
    assertThat(some.signer()).isPresent();
    assertThat(some.jobTimeout()).isEqualTo(Duration.ofMinutes(30));

    assertThat(errors("public_url = 'https://scheduler.example.com'"))
        .containsExactly(
            "s.toml:1: public_url needs callback_secret (CALLBACK_SECRET), which signs the callback"
                + " URLs; openssl rand -base64 32 makes a good one");
    assertThat(errors("public_url = 'https://s?x'\ncallback_secret = '0123456789abcdef'"))
        .singleElement()
        .asString()
        .startsWith(
            "s.toml:1: public_url = \"https://s?x\": it is no address that workflows can report to");
    assertThat(errors("public_url = 'https://s'\ncallback_secret = 'hush'"))
        .containsExactly("s.toml:2: the callback secret has fewer than 16 characters");
  }

  @Test
  void aVariableOfOursThatFitsNothingIsAWarning() {
    SettingsReader.Result result =
        SettingsReader.read(NOTHING, Map.of("SCHEDULER_PROT", "1"), Optional.empty());

    assertThat(result.settings()).isPresent();
    assertThat(result.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "SCHEDULER_PROT: no setting has this name; did you mean \"SCHEDULER_PORT\"?");
  }

  @ParameterizedTest
  @CsvSource({"250ms, PT0.25S", "30s, PT30S", "15m, PT15M", "24h, PT24H", "90d, PT2160H", "0, PT0S"
  })
  void durationsHaveAUnit(String text, Duration expected) {
    Settings settings = ofEnvironment(Map.of("SCHEDULER_SHUTDOWN_GRACE", text));

    assertThat(settings.shutdownGrace()).isEqualTo(expected);
  }

  @Test
  void listsInVariablesHaveTheirSeparator() {
    Settings settings = ofEnvironment(Map.of(
        "SCHEDULER_DISPATCH_RETRY_DELAYS", "1s, 5s",
        "SCHEDULER_TRIGGERS_CRONS", "0 1,13 * * *; 0 2 * * *"));

    assertThat(settings.dispatch().retryDelays())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(5));
    assertThat(settings.schedules())
        .extracting(each -> each.schedule().cron())
        .containsExactly("0 1,13 * * *", "0 2 * * *");
  }

  @Test
  void webhooksThatAnswerWhenTheyAreDoneGetMoreTime() {
    Settings settings = ofEnvironment(Map.of("SCHEDULER_COMPLETION", "trigger"));

    assertThat(settings.n8n().responseTimeout()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void brokenTomlIsOneErrorWithItsLine() {
    assertThat(errors("port = 1\nbind = \n")).singleElement().asString().startsWith("s.toml:2: ");
    assertThat(errors("a = " + "[".repeat(200_000)))
        .singleElement()
        .asString()
        .isEqualTo("s.toml:1: brackets are nested more than 100 deep");
  }

  @Test
  void aFileThatCannotBeReadIsAnError() throws IOException {
    Path large = Files.write(folder.resolve("large.toml"), new byte[(1 << 20) + 1]);
    Path binary = Files.write(folder.resolve("binary.toml"), new byte[] {(byte) 0xff, 0x20});

    assertThat(List.of(folder, folder.resolve("none"), large, binary)).allSatisfy(path -> {
      SettingsReader.Result result = SettingsReader.read(NOTHING, NOTHING, Optional.of(path));
      assertThat(result.findings())
          .singleElement()
          .asString()
          .startsWith("--config: the settings file \"" + path);
    });
  }

  @Test
  void aWranglerFileWorksAndWhatDoesNotApplyIsNamedOnce() {
    SettingsReader.Result result = SettingsReader.check("""
        name = "scheduler"
        main = "src/index.ts"
        compatibility_date = "2024-01-01"
        [triggers]
        crons = ["*/5 * * * *"]
        [vars]
        ENVIRONMENT = "production"
        LOG_LEVEL = "debug"
        [[kv_namespaces]]
        binding = "CONFIG_KV"
        id = "x"
        """, "conf.toml");

    Settings settings = result.settings().orElseThrow();
    assertThat(settings.environment()).isEqualTo("production");
    assertThat(settings.schedules())
        .extracting(each -> each.schedule().cron())
        .containsExactly("*/5 * * * *");
    assertThat(result.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "conf.toml: does not apply here and is ignored: name, main, compatibility_date, vars.LOG_LEVEL, kv_namespaces");
  }
}
