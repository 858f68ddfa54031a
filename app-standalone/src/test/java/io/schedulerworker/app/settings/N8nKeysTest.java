package io.schedulerworker.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.Credential;
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

/** How keys and signing secrets for n8n are set. */
class N8nKeysTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEXT = "whsec_bmV4dC1zZWNyZXQtbmV4dC1zZWNyZXQh";

  @TempDir
  Path folder;

  private static SettingsReader.Result result(String toml) {
    return SettingsReader.check(toml, "s.toml");
  }

  private static List<Credential> credentials(String toml) {
    SettingsReader.Result result = result(toml);
    return result
        .settings()
        .orElseThrow(() -> new AssertionError(result.findings()))
        .n8n()
        .keys()
        .stream()
        .map(key -> key.credential(key.key().first().reveal()))
        .toList();
  }

  private static List<String> findings(String toml) {
    return result(toml).findings().stream().map(Finding::toString).toList();
  }

  @Test
  void keysOfHostsGoBeforeTheGeneralOne() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "user:pass\n");
    List<Credential> credentials = credentials("""
        [n8n]
        api_key = "general"
        key_header = "X-API-Key"
        key_scheme = "none"
        key_hosts = ["*.example.com"]

        [[n8n.keys]]
        hosts = ["n8n.example.com", "localhost:5678"]
        key = "own"

        [[n8n.keys]]
        hosts = ["*"]
        key_file = '%s'
        scheme = "Basic"
        """.formatted(file));

    assertThat(credentials)
        .extracting(each -> each.header() + ": " + each.value())
        .containsExactly(
            "Authorization: Bearer own", "Authorization: Basic dXNlcjpwYXNz", "X-API-Key: general");
    assertThat(credentials.get(0).isFor("localhost", 5678)).isTrue();
    assertThat(credentials.get(0).isFor("localhost", 80)).isFalse();
    assertThat(credentials.get(2).isFor("a.example.com", 443)).isTrue();
    assertThat(credentials.get(2).isFor("example.org", 443)).isFalse();
  }

  /** Base64 has slashes, and looks like a path then. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n8n.api_key_file = 'aGVsbG8/c2VjcmV0+x/yz=='",
        "n8n.signing_secrets_file = 'whsec_ab/c2VjcmV0cqY6Hu18qrc0euUT9PQMdHCWZorWiNafHhNilPx4='",
        "n8n.ca_file = 'MC4CAQAwBQYDK2VwBCIE/c2VjcmV0Z5oK2'",
        "n8n.ca_file = '-----BEGIN PRIVATE KEY----- a/c2VjcmV0'"
      })
  void aSecretWhereItsPathBelongsIsNotShown(String toml) {
    assertThat(findings(toml))
        .anySatisfy(finding -> assertThat(finding).contains("it must be the path of a file"))
        .allSatisfy(finding -> assertThat(finding).doesNotContain("c2VjcmV0"));
  }

  @Test
  void anEmptyListOfAllowedHostsDoesNotAllowAll() {
    assertThat(findings("n8n.allow_hosts = []"))
        .containsExactly(
            "s.toml:1: n8n.allow_hosts = []: it has 0 elements, not 1 to 1000; expected a list, each a host like"
                + " n8n.example.com or *.example.com, or a network like 10.0.0.0/8");
  }

  @Test
  void theLogSaysWhichKeysThereAreAndNotWhat() {
    assertThat(result("""
        n8n.signing_secrets = "%s"
        [[n8n.keys]]
        hosts = ["n8n.example.com", "*.example.org"]
        key = "hush"
        """.formatted(SECRET)).shown())
        .isEqualTo("n8n.signing_secrets = *** (s.toml:1),"
            + " n8n.keys[0] = *** (for n8n.example.com, *.example.org)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "key = 'hush' | s.toml:1: this key has no hosts; expected a list, each a host like",
        "hosts = ['a'] | s.toml:1: a key of n8n.keys has either key or key_file",
        "hosts = ['a']~key = 'hush'~key_file = 'x' | a key of n8n.keys has either key or key_file",
        "hosts = []~key = 'hush' | s.toml:2: hosts = []: it has 0 elements",
        "hosts = ['http://a/']~key = 'hush' | s.toml:2: hosts = [\"http://a/\"]: it is no host; leave out http:// and the path",
        "hosts = ['a']~key = 'hush'~host = 'b' | s.toml:4: a key of n8n.keys has no \"host\"; did you mean \"hosts\"?",
        "hosts = ['a']~key = [\"hush\"] | s.toml:3: key: it is a list; expected a text",
        "hosts = ['a']~key = 'hüsh' | s.toml:1: n8n.keys[0]: the key has characters other than ASCII in it",
        "hosts = ['a']~key = 'hush'~header = 'Host' | s.toml:1: n8n.keys[0]: the header Host has another purpose",
        "hosts = ['a']~key_file = './none' | s.toml:3: key_file: the file \"./none\" does not exist",
        "hosts = ['a']~key_file = 'hush' | s.toml:3: key_file: it must be the path of a file"
      })
  void whatIsWrongWithAKeyIsSaidWithItsPlaceAndWithoutTheKey(String table, String said) {
    String toml = "[[n8n.keys]]\n" + table.replace('~', '\n');

    assertThat(result(toml).settings()).isEmpty();
    assertThat(findings(toml)).anySatisfy(line -> assertThat(line).contains(said));
    assertThat(findings(toml)).noneMatch(line -> line.contains("hush") || line.contains("hüsh"));
  }

  @Test
  void keysAreAListOfTables() {
    assertThat(findings("[n8n]\nkeys = 'x'"))
        .containsExactly("s.toml:2: n8n.keys is a list of tables: write [[n8n.keys]] above each");
    assertThat(findings("n8n.keys = ['x']"))
        .containsExactly("s.toml:1: a key of n8n.keys is a table with hosts and key");
  }

  @Test
  void aGeneralKeyThatNoHeaderCarriesIsAnErrorWhereItIsSet() {
    SettingsReader.Result result =
        SettingsReader.read(Map.of(), Map.of("N8N_API_KEY", "hüsh"), Optional.empty());

    assertThat(result.settings()).isEmpty();
    assertThat(result.findings())
        .extracting(Finding::toString)
        .containsExactly("N8N_API_KEY: n8n.api_key: the key has characters other than ASCII in it");
  }

  @Test
  void whatHasNoEffectOrASurprisingOneIsAWarning() {
    assertThat(findings("[n8n]\nkey_hosts = ['a']"))
        .containsExactly(
            "s.toml:2: n8n.key_hosts is set, but n8n.api_key is not: it has no effect");
    assertThat(findings("[n8n]\napi_key = 'k'\nkey_header = 'X-Key'"))
        .containsExactly("s.toml:3: the header \"X-Key\" will have \"Bearer \" before the key;"
            + " set n8n.key_scheme = \"none\" for the key alone");
    assertThat(findings("[n8n]\napi_key = 'k'\nkey_header = 'X-Key'\nkey_scheme = 'Bearer'"))
        .isEmpty();
  }

  @Test
  void signingSecretsAreAListATextOrAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("secrets"), SECRET + "\n" + NEXT + "\n");
    for (String toml : List.of(
        "n8n.signing_secrets = ['" + SECRET + "', '" + NEXT + "']",
        "n8n.signing_secrets = '" + SECRET + ", " + NEXT + "'",
        "n8n.signing_secrets_file = '" + file + "'")) {
      SecretSource source =
          result(toml).settings().orElseThrow().n8n().signingSecrets().orElseThrow();
      assertThat(SigningSecrets.parse(source.first().reveal())).as(toml).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'whsec_hush' | it has 3 bytes, not 24 to 64",
        "'whsec_hush!' | it is not base64",
        "5 | it is not base64",
        "[] | it has 0 bytes",
        "['" + SECRET + "', '" + SECRET + "', '" + SECRET + "'] | it has 3 secrets; two at most"
      })
  void whatAreNoSigningSecretsIsSaidWithoutThem(String value, String said) {
    assertThat(findings("n8n.signing_secrets = " + value))
        .singleElement()
        .satisfies(line -> assertThat(line)
            .startsWith("s.toml:1: n8n.signing_secrets: ")
            .contains(said)
            .doesNotContain("hush", "MfKQ"));
  }

  @Test
  void whatIsSetIsShownWithItsPlaceAndWithoutSecrets() {
    SettingsReader.Result result = SettingsReader.read(
        Map.of("--jobs-kv", "redis://u:hush@h/0"),
        Map.of("N8N_API_KEY", "hush", "SCHEDULER_N8N_SIGNING_SECRETS", SECRET, "PORT", "0"),
        Optional.empty());

    assertThat(result.given())
        .containsExactly(
            "jobs_kv = \"redis://***@h/0\" (--jobs-kv)",
            "port = \"0\" (PORT)",
            "n8n.api_key = *** (N8N_API_KEY)",
            "n8n.signing_secrets = *** (SCHEDULER_N8N_SIGNING_SECRETS)");
  }
}
