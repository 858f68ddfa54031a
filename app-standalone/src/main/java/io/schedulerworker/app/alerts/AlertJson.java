package io.schedulerworker.app.alerts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;

/** Alerts as JSON, in the two shapes that webhooks take. */
final class AlertJson {
  private static final JsonFactory JSON = new JsonFactory();

  private AlertJson() {}

  /** Writes fields. */
  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** The body for a target, after so many alerts that were dropped. */
  static String of(Alert alert, AlertTarget target, int dropped) {
    return switch (target.format()) {
      case JSON -> object(json -> writeAll(json, alert, target, dropped));
      case SLACK ->
        object(json -> json.writeStringField("text", SlackText.of(alert, target, dropped)));
    };
  }

  /** What stands in JOBS_KV of something that was told, for people. */
  static String note(Alert alert) {
    return object(json -> {
      json.writeStringField("alert", alert.kind().text());
      json.writeStringField("subject", alert.subject());
      json.writeStringField("at", seconds(alert));
    });
  }

  private static void writeAll(JsonGenerator json, Alert alert, AlertTarget target, int dropped)
      throws IOException {
    json.writeStringField("alert", alert.kind().text());
    json.writeStringField("status", alert.status().text());
    json.writeStringField("severity", alert.severity().text());
    json.writeStringField("summary", alert.summary());
    json.writeStringField("environment", target.environment());
    if (!alert.subject().isEmpty()) {
      json.writeStringField(alert.kind().about().text(), alert.subject());
    }
    if (alert.traceId() != null) {
      json.writeStringField("traceId", alert.traceId().value());
    }
    if (alert.count() > 0) {
      json.writeNumberField("count", alert.count());
    }
    if (dropped > 0) {
      json.writeNumberField("dropped", dropped);
    }
    json.writeStringField("timestamp", seconds(alert));
    json.writeStringField("worker", "scheduler-worker");
    json.writeStringField("version", target.version());
  }

  static String seconds(Alert alert) {
    return alert.at().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String object(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }
}
