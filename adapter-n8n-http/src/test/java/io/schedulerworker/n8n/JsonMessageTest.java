package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessageTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"message\":\"no\"} | no",
        " {\"code\":404, \"message\" : \"no\", \"hint\":\"x\"} | no",
        "{\"message\":\"a \\\"b\\\" \\\\ \\/\"} | a \"b\" \\ /",
        "{\"message\":\"\\u00fcber\\nuns\"} | über uns",
        "{\"message\":\"\\ud83c\\udf89\"} | 🎉",
        "{\"message\":\"\\uZZZZ!\"} | ?!",
        "{\"message\":\"broken off | broken off",
        "{\"message\":\"broken off\\ | broken off",
        "{\"message\":\"broken off\\uZ | broken off?",
      })
  void theMessageIsFound(String body, String message) {
    assertThat(JsonMessage.of(body)).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no", "{}", "{\"message\":5}", "\"message\":\"no\"", "[{\"message\":\"no\"}]"})
  void otherwiseThereIsNone(String body) {
    assertThat(JsonMessage.of(body)).isEmpty();
  }

  @Test
  void aLongMessageIsCut() {
    assertThat(JsonMessage.of("{\"message\":\"" + "\\n".repeat(30_000) + "\"}").orElseThrow())
        .hasSize(1000);
  }
}
