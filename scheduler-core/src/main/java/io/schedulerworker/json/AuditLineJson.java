package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.schedulerworker.model.AuditLine;
import io.schedulerworker.model.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The audit of a job as JSON: {@code [{"at":…,"action":"retry","by":…,"kpiCount":2,"kpiIds":["a","b"]}]}. */
final class AuditLineJson {
  private static final String AT = "at";
  private static final String ACTION = "action";
  private static final String BY = "by";
  private static final String KPI_COUNT = "kpiCount";
  private static final String KPI_IDS = "kpiIds";
  private static final int MEMBERS = 5;

  private AuditLineJson() {}

  /**
   * What was read.
   *
   * @param understood the lines that are as above
   * @param others what else there was, of a later version for example; null if there was nothing
   */
  record Lines(List<AuditLine> understood, @Nullable JsonText others) {}

  static Lines read(JsonText text) throws IOException {
    List<AuditLine> understood = new ArrayList<>();
    ArrayNode others = JsonNodeFactory.instance.arrayNode();
    JsonNode audit = Json.node(text);
    audit.forEach(line -> line(line).ifPresentOrElse(understood::add, () -> others.add(line)));
    if (!audit.isArray() || (understood.isEmpty() && !others.isEmpty())) {
      return new Lines(List.of(), text);
    }
    return new Lines(understood, others.isEmpty() ? null : new JsonText(others.toString()));
  }

  private static Optional<AuditLine> line(JsonNode line) {
    boolean isWhole = line.isObject()
        && line.size() == MEMBERS
        && line.path(BY).isTextual()
        && line.path(KPI_COUNT).isInt()
        && line.path(KPI_IDS).isArray();
    return isWhole ? whole(line) : Optional.empty();
  }

  private static Optional<AuditLine> whole(JsonNode line) {
    List<String> ids = new ArrayList<>();
    line.path(KPI_IDS).forEach(id -> ids.add(id.asText()));
    return action(line.path(ACTION).asText())
        .flatMap(action -> at(line.path(AT).asText())
            .map(at -> new AuditLine(
                at, action, line.path(BY).textValue(), line.path(KPI_COUNT).intValue(), ids)));
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

  /** Writes all lines, those that were not understood first; what is no list stands for itself. */
  static void write(JsonGenerator generator, List<AuditLine> lines, @Nullable JsonText others)
      throws IOException {
    JsonNode theirs = others == null ? JsonNodeFactory.instance.arrayNode() : Json.node(others);
    if (others != null && (lines.isEmpty() || !theirs.isArray())) {
      generator.writeRawValue(others.text());
      return;
    }
    generator.writeStartArray();
    for (JsonNode line : theirs) {
      generator.writeRawValue(line.toString());
    }
    for (AuditLine line : lines) {
      write(generator, line);
    }
    generator.writeEndArray();
  }

  private static void write(JsonGenerator generator, AuditLine line) throws IOException {
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
}
