package io.schedulerworker.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.http.LoggedRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How keys of the HTTP API, origins and the log of requests are set. */
class ApiKeysTest {
  @TempDir
  Path folder;

  private static SettingsReader.Result result(String toml) {
    return SettingsReader.check(toml, "s.toml");
  }

  private static Settings.Http http(String toml) {
    SettingsReader.Result result = result(toml);
    return result
        .settings()
        .orElseThrow(() -> new AssertionError(result.findings()))
        .http();
  }

  private static List<String> findings(String toml) {
    return result(toml).findings().stream().map(Finding::toString).toList();
  }

  @Test
  void thereAreAGeneralKeyAndKeysWithNames() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "of-grafana-0123456789\n");
    String toml = """
        api_key = "general-0123456789"

        [[api_keys]]
        name = "deploy"
        key = "of-deploy-0123456789"

        [[api_keys]]
        name = "grafana"
        key_file = '%s'
        read_only = true
        """.formatted(file);

    assertThat(findings(toml)).isEmpty();
    assertThat(http(toml).keys())
        .extracting(
            key -> key.name() + " " + key.key().first().reveal() + (key.readOnly() ? " reads" : ""))
        .containsExactly(
            "SCHEDULER_API_KEY general-0123456789",
            "deploy of-deploy-0123456789",
            "grafana of-grafana-0123456789 reads");
    assertThat(http(toml).keys().get(2).key().file()).contains(file);
    assertThat(result(toml).shown())
        .isEqualTo(
            "api_key = *** (s.toml:1), api_keys[0] = *** (deploy), api_keys[1] = *** (grafana, read-only)");
    assertThat(http(toml).toString()).doesNotContain("0123456789");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "key = 'hush-0123456789abc' | s.toml:1: this key has no name; expected 1 to 64 of a-z, 0-9, _ and -",
        "name = 'a' | s.toml:1: a key of api_keys has either key or key_file",
        "name = 'a'~key = 'hush'~key_file = 'x' | a key of api_keys has either key or key_file",
        "name = 'Ops'~key = 'hush-0123456789abc' | s.toml:2: name = \"Ops\" is not allowed; expected 1 to 64",
        "name = 'SCHEDULER_API_KEY'~key = 'hush-0123456789abc' | is not allowed; expected 1 to 64",
        "name = 'command line'~key = 'hush-0123456789abc' | is not allowed; expected 1 to 64",
        "name = 'retry_unfinished'~key = 'hush-0123456789abc' | is not allowed; expected 1 to 64",
        "name = ''~key = 'hush-0123456789abc' | s.toml:2: name = \"\": it is blank",
        "name = 'a'~key = ' ' | s.toml:3: key: it is blank",
        "name = 'a'~key = ['hush'] | s.toml:3: key: it is a list; expected a text",
        "name = 'a'~key = ' hush-0123456789abc' | s.toml:1: api_keys[0]: the key begins or ends with a space",
        "name = 'a'~key_file = './none' | s.toml:3: key_file: the file \"./none\" does not exist",
        "name = 'a'~key_file = 'hush' | s.toml:3: key_file: it must be the path of a file",
        "name = 'a'~key = 'hush-0123456789abc'~read_only = 'no' | s.toml:4: read_only = \"no\" is not allowed; expected true or false",
        "name = 'a'~key = 'hush-0123456789abc'~readonly = true | s.toml:4: a key of api_keys has no \"readonly\"; did you mean \"read_only\"?",
        "name = 'a'~key = 'hush-0123456789abc'~[[api_keys]]~name = 'a'~key = 'hush-2-0123456789' | s.toml:4: api_keys[1]: the name \"a\" is taken, by s.toml:1",
        "name = 'a'~key = 'hush-0123456789abc'~[[api_keys]]~name = 'b'~key = 'hush-0123456789abc' | s.toml:4: api_keys[1]: this is the key of a too: each needs its own",
      })
  void whatIsWrongWithAKeyIsSaidWithItsPlaceAndWithoutTheKey(String table, String said) {
    String toml = "[[api_keys]]\n" + table.replace('~', '\n');

    assertThat(result(toml).settings()).isEmpty();
    assertThat(findings(toml)).anySatisfy(line -> assertThat(line).contains(said));
    assertThat(findings(toml)).noneMatch(line -> line.contains("hush"));
  }

  @Test
  void keysAreAListOfTables() {
    assertThat(findings("api_keys = 'hush'"))
        .containsExactly("s.toml:1: api_keys is a list of tables: write [[api_keys]] above each");
    assertThat(findings("api_keys = ['hush']"))
        .containsExactly("s.toml:1: a key of api_keys is a table with name and key");
  }

  @Test
  void aShortKeyIsAWarning() {
    SettingsReader.Result result = SettingsReader.read(
        Map.of(), Map.of("SCHEDULER_API_KEY", "hush-0123456789"), Optional.empty());
    assertThat(result.settings()).isPresent();
    assertThat(result.findings())
        .extracting(Finding::toString)
        .containsExactly("SCHEDULER_API_KEY: api_key: the key has fewer than 16 characters, and may"
            + " be guessed; openssl rand -hex 32 makes a good one");
    assertThat(findings("[[api_keys]]\nname = 'a'\nkey = 'hush'"))
        .singleElement()
        .asString()
        .startsWith("s.toml:1: api_keys[0]: the key has fewer than 16 characters");
    assertThat(findings("api_key = 'hush-0123456789a'")).isEmpty();
  }

  @Test
  void originsAreNamedAsBrowsersSendThem() {
    assertThat(http("").corsOrigins()).isEmpty();
    assertThat(http("cors_origins = ['https://ops.example.com', 'http://[::1]:3000']")
            .corsOrigins())
        .containsExactly("https://ops.example.com", "http://[::1]:3000");
    SettingsReader.Result variable = SettingsReader.read(
        Map.of("--cors-origins", "https://a.example, http://localhost:3000"),
        Map.of(),
        Optional.empty());
    assertThat(variable.settings().orElseThrow().http().corsOrigins())
        .containsExactly("https://a.example", "http://localhost:3000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*|with * any page could call; name each origin",
        "https://*.example.com|with * any page could call; name each origin",
        "null|null is what any page can send; name each origin",
        "https://ops.example.com/|browsers send it as https://ops.example.com",
        "https://ops.example.com/page?x#y|browsers send it as https://ops.example.com",
        "HTTPS://Ops.example.com:443|browsers send it as https://ops.example.com",
        "http://ops.example.com:80|browsers send it as http://ops.example.com",
        "ops.example.com|it is no origin",
        "localhost:3000|it is no origin",
        "file:///x|it is no origin",
        "ftp://ops.example.com|it is no origin",
        "https://me@ops.example.com|it is no origin",
        "https://öps.example.com|it is no origin",
        "https://|it is no origin"
      })
  void whatIsNoOriginIsSaid(String origin, String said) {
    assertThat(findings("cors_origins = ['" + origin + "']"))
        .singleElement()
        .asString()
        .startsWith("s.toml:1: cors_origins = ")
        .endsWith(": " + said + "; expected a list, each an origin like https://ops.example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "changes", "all"})
  void theLogOfRequestsHasThreeExtents(String extent) {
    assertThat(http("request_log = '" + extent + "'").requestLog())
        .isEqualTo(LoggedRequests.valueOf(extent.toUpperCase(java.util.Locale.ROOT)));
    assertThat(http("").requestLog()).isEqualTo(LoggedRequests.CHANGES);
    assertThat(findings("request_log = 'some'"))
        .containsExactly(
            "s.toml:1: request_log = \"some\" is not allowed; expected none, changes or all");
  }
}
