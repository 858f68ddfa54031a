package io.schedulerworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void ordinaryTextIsShownAsItIs() {
    assertThat(Texts.quote("Preis in €: 😀")).isEqualTo("\"Preis in €: 😀\"");
  }

  @Test
  void whatATerminalWouldActOnIsEscaped() {
    assertThat(Texts.line("a\u001b[31m\n\u202e\u2028\u2029\ud800", 80))
        .isEqualTo("a\\u001b[31m\\u000a\\u202e\\u2028\\u2029\\ud800");
  }

  @Test
  void longTextIsCut() {
    assertThat(Texts.quote("x".repeat(81))).isEqualTo("\"" + "x".repeat(80) + "…\"");
    assertThat(Texts.quote("x".repeat(80))).isEqualTo("\"" + "x".repeat(80) + "\"");
  }
}
