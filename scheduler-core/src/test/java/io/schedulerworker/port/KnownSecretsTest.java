package io.schedulerworker.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.CallbackSigner;
import io.schedulerworker.model.TraceId;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSecretsTest {
  private static final KnownSecrets NONE = KnownSecrets.of(List.of());
  private static final String URL = new CallbackSigner(
          URI.create("https://scheduler.example.com"), "0123456789abcdef")
      .of(new TraceId("trace_20250814_120000_abc12345"), "a", 0);
  private static final String SIGNATURE = URL.replaceFirst(".*signature=", "");

  @Test
  void oneThatAnotherOneBeginsWithLeavesNothingOfThat() {
    KnownSecrets brief = KnownSecrets.of(List.of("acme-prod"));
    KnownSecrets all = brief.and(KnownSecrets.of(List.of("acme-prod-0123456789abcdef")));

    assertThat(all.redact("x acme-prod-0123456789abcdef y acme-prod z")).isEqualTo("x *** y *** z");
    assertThat(brief.and(NONE).redact("x acme-prod y")).isEqualTo("x *** y");
    assertThat(all).hasToString("KnownSecrets[2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "%3D", "%3d", "%253D", "\\u003d", "\\\\u003D", "&#x3D;", "&#61;"})
  void urlsAreShownWithoutTheirSignatures(String equals) {
    String url = URL.replace("signature=", "signature" + equals);
    String shown = url.replaceFirst("(?<=signature" + Pattern.quote(equals) + ").*", "***");

    assertThat(NONE.redact("{\"url\":\"" + url + "\", " + url))
        .isEqualTo("{\"url\":\"" + shown + "\", " + shown);
    assertThat(NONE.redact(url.substring(0, url.length() - 20))).isEqualTo(shown);
    assertThat(NONE.redact("no signature here, signature: missing"))
        .isEqualTo("no signature here, signature: missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"drive\":\"0\",\"signature\":\"%s\"}",
        "\\\"signature\\\": \\\"%s\\\"",
        "searchParams: { 'signature' => '%s' }"
      })
  void soAreTheirParameters(String form) {
    assertThat(NONE.redact(form.formatted(SIGNATURE))).isEqualTo(form.formatted("***"));
  }
}
