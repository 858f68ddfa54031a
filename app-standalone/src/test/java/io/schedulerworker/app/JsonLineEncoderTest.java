package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLineEncoderTest {
  private final LoggerContext logs = new LoggerContext();

  @Test
  void whateverIsLoggedIsOneLine() {
    LoggingEvent event =
        event("two\nlines \"quoted\" \u001b[31m", new IllegalStateException("why"));
    event.addKeyValuePair(new KeyValuePair("durationMs", 12L));
    event.addKeyValuePair(new KeyValuePair("kpiId", "größe"));

    String line = new String(new JsonLineEncoder().encode(event), StandardCharsets.UTF_8);

    assertThat(line).endsWith("\n").doesNotContain("\u001b").hasLineCount(1);
    Map<String, Object> read = Json.object(line);
    assertThat(read.keySet())
        .containsExactly("time", "level", "logger", "message", "durationMs", "kpiId", "error");
    assertThat(read)
        .containsEntry("level", "WARN")
        .containsEntry("logger", "test")
        .containsEntry("message", "two\nlines \"quoted\" \u001b[31m")
        .containsEntry("durationMs", 12)
        .containsEntry("kpiId", "größe");
    assertThat(read.get("error")).asString().contains("IllegalStateException: why");
  }

  private LoggingEvent event(String message, Throwable failure) {
    return new LoggingEvent(
        "caller", logs.getLogger("test"), Level.WARN, message, failure, new Object[0]);
  }
}
