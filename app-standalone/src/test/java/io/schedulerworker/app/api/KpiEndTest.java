package io.schedulerworker.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.schedulerworker.port.KnownSecrets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is kept of a workflow's report. */
class KpiEndTest {
  private static final String SECRET = "secret/of-many+words";
  private static final int MOST = 4_000;

  private static @Nullable String errorOf(String status, String error) {
    String report = JsonNodeFactory.instance
        .objectNode()
        .put("status", status)
        .put("error", error)
        .toString();
    return KpiEnd.read(report, KnownSecrets.of(List.of(SECRET))::redact).error();
  }

  private static @Nullable String errorOf(String error) {
    return errorOf("failed", error);
  }

  @Test
  void anErrorIsKeptAsItIs() {
    assertThat(errorOf("no data: \u00fc\ud83d\ude00\n\tat line 1"))
        .isEqualTo("no data: \u00fc\ud83d\ude00\n\tat line 1");
    assertThat(errorOf("")).isEmpty();
    assertThat(KpiEnd.read("{\"status\":\"failed\",\"error\":{\"a\":1}}", text -> text)
            .error())
        .isEqualTo("{\"a\":1}");
    assertThat(KpiEnd.read("{\"status\":\"failed\"}", text -> text).error()).isNull();
  }

  @Test
  void whatWentWellHasNone() {
    assertThat(errorOf("completed", "all well")).isNull();
  }

  @Test
  void aSecretIsNotKeptWhereverTheErrorIsCut() {
    assertThat(errorOf("with " + SECRET + ", " + SECRET.replace("/", "\\/")))
        .isEqualTo("with ***, ***");
    for (int before = MOST - 2 * SECRET.length(); before < 2 * MOST + 2; before++) {
      String kept = String.valueOf(errorOf("x".repeat(before) + SECRET + " and more"));
      assertThat(kept).doesNotContain("se").hasSizeLessThanOrEqualTo(MOST + 1);
    }
  }

  @Test
  void noCharacterIsCutInTwo() {
    assertThat(errorOf("x".repeat(MOST))).isEqualTo("x".repeat(MOST));
    assertThat(errorOf("x".repeat(MOST + 1))).isEqualTo("x".repeat(MOST) + "…");
    assertThat(errorOf("x".repeat(MOST - 1) + "\ud83d\ude00"))
        .isEqualTo("x".repeat(MOST - 1) + "…");
    assertThat(errorOf("x".repeat(MOST - 2) + "\ud83d\ude00")).endsWith("\ud83d\ude00");
  }

  @Test
  void whatIsNoCharacterIsReplaced() {
    assertThat(errorOf("a\ud83db\ude00c\u0000d")).isEqualTo("a\ufffdb\ufffdc\ufffdd");
  }
}
