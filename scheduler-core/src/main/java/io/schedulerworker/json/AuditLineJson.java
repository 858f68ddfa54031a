package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.model.AuditLine;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A line of a job's audit as JSON: {@code {"at":…,"action":"retry","by":…,"kpiCount":2,"kpiIds":["a","b"]}}. */
final class AuditLineJson {
  private static final String AT = "at";
  private static final String ACTION = "action";
  private static final String BY = "by";
  private static final String KPI_COUNT = "kpiCount";
  private static final String KPI_IDS = "kpiIds";

  private AuditLineJson() {}

  /** The lines of an array; empty if what stands there is another writer's. */
  static Optional<List<AuditLine>> read(JsonNode array) {
    if (!array.isArray()) {
      return Optional.empty();
    }
    List<AuditLine> lines = new ArrayList<>();
    for (JsonNode line : array) {
      Optional<AuditLine> read = line(line);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      lines.add(read.get());
    }
    return Optional.of(lines);
  }

  private static Optional<AuditLine> line(JsonNode line) {
    List<String> ids = new ArrayList<>();
    line.path(KPI_IDS).forEach(id -> ids.add(id.asText()));
    return action(line.path(ACTION).asText())
        .flatMap(action -> at(line.path(AT).asText())
            .map(at -> new AuditLine(
                at, action, line.path(BY).asText(), line.path(KPI_COUNT).asInt(), ids)));
  }

  private static Optional<AuditLine.Action> action(String text) {
    return Arrays.stream(AuditLine.Action.values())
        .filter(action -> action.text().equals(text))
        .findFirst();
  }

  private static Optional<Instant> at(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static void write(JsonGenerator generator, List<AuditLine> lines) throws IOException {
    generator.writeStartArray();
    for (AuditLine line : lines) {
      generator.writeStartObject();
      generator.writeStringField(AT, line.at().toString());
      generator.writeStringField(ACTION, line.action().text());
      generator.writeStringField(BY, line.by());
      generator.writeNumberField(KPI_COUNT, line.kpiCount());
      generator.writeArrayFieldStart(KPI_IDS);
      for (String id : line.kpiIds()) {
        generator.writeString(id);
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }
}
