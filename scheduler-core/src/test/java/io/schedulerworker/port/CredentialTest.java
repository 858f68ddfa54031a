package io.schedulerworker.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.reach.HostPattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {
  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer, abc, Bearer abc",
    "X-API-Key, '', abc, abc",
    "Authorization, Basic, user:pass, Basic dXNlcjpwYXNz",
    "Authorization, basic, 'user:p:ä', basic dXNlcjpwOsOk",
    "Authorization, Basic, dXNlcjpwYXNz, Basic dXNlcjpwYXNz",
    "Authorization, Bearer, a:b, Bearer a:b"
  })
  void aValueIsSchemeAndKey(String header, String scheme, String key, String value) {
    Credential credential = Credential.of(header, scheme, key);

    assertThat(credential.header()).isEqualTo(header);
    assertThat(credential.value()).isEqualTo(value);
    assertThat(credential.toString()).contains(header, "***").doesNotContain(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a:b",
        "a\r\nX",
        "ü",
        "Host",
        "content-length",
        "Idempotency-Key",
        "webhook-id"
      })
  void whatIsNoHeaderForAKeyIsRefused(String header) {
    assertThatThrownBy(() -> Credential.of(header, "Bearer", "hidden"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the header")
        .hasMessageNotContaining("hidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "hidden\n", "hid\u0000den", "hidden\u0085", "hiddén", "hidden€"})
  void aKeyThatNoHeaderCarriesIsRefusedAndNotShown(String key) {
    assertThatThrownBy(() -> Credential.bearer(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the key ")
        .hasMessageNotContaining("hid");
  }

  @Test
  void aSchemeIsOneWord() {
    assertThatThrownBy(() -> Credential.of("Authorization", "Bearer x", "hidden"))
        .hasMessageStartingWith("the scheme")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void aHostGetsTheFirstThatIsForIt() {
    Credential own =
        Credential.bearer("own").forHosts(List.of(HostPattern.parse("n8n.example.com")));
    Credential below =
        Credential.bearer("below").forHosts(List.of(HostPattern.parse("*.example.com:8443")));
    TriggerSecrets secrets = new TriggerSecrets(List.of(own, below), List.of());

    assertThat(secrets.credential("N8N.example.com.", 443)).contains(own);
    assertThat(secrets.credential("other.example.com", 8443)).contains(below);
    assertThat(secrets.credential("other.example.com", 443)).isEmpty();
    assertThat(secrets.credential("n8n.example.com.evil.org", 443)).isEmpty();
    assertThat(secrets.credential("xn8n.example.com", 443)).isEmpty();
  }

  @Test
  void whatOthersRepeatIsHidden() {
    TriggerSecrets secrets = new TriggerSecrets(
        List.of(
            Credential.of("Authorization", "Basic", "user:sesame"),
            Credential.bearer("longer-key")),
        List.of(SigningSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")));

    assertThat(secrets.redact("sesame dXNlcjpzZXNhbWU= user:sesame longer-key whsec_"
            + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw user"))
        .isEqualTo("*** *** *** *** whsec_*** user");
    assertThat(secrets.toString()).doesNotContain("sesame", "longer", "MfKQ");
  }
}
