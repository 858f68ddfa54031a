package io.schedulerworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

  @Test
  void aSpanHasItsTwoGreatestUnits() {
    assertThat(Texts.span(Duration.ofMillis(59_900))).isEqualTo("59 s");
    assertThat(Texts.span(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
    assertThat(Texts.span(Duration.ofMinutes(185))).isEqualTo("3 h 5 min");
    assertThat(Texts.span(Duration.ofHours(49))).isEqualTo("2 d 1 h");
  }
}
