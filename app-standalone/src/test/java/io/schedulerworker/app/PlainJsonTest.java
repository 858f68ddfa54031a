package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainJsonTest {
  @Test
  void whatATerminalActsOnIsEscapedAndMeansTheSame() {
    String json = "{\n\t\"a\u202E\": \"\u0085\u2028\uFEFF\uDB40\uDC01 €🎉\"\r\n}";

    String plain = PlainJson.of(json);

    assertThat(plain)
        .isEqualTo("{\n\t\"a\\u202e\": \"\\u0085\\u2028\\ufeff\\udb40\\udc01 €🎉\"\r\n}");
    assertThat(Json.object(plain)).isEqualTo(Json.object(json));
  }

  @Test
  void whatIsPlainStaysAsItIs() {
    String json = "{\"ä\":\"日本\\u202e\"}";

    assertThat(PlainJson.of(json)).isSameAs(json);
  }
}
