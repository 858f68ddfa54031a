package io.schedulerworker.app.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.RegistryFinding;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** What was read in a registry, for the one who wrote it. */
final class RegistryReportJson {
  /** A registry that is wrong everywhere is wrong in the same way: the first ones tell. */
  private static final int MOST_FINDINGS = 1_000;

  private static final JsonFactory JSON = new JsonFactory();

  private RegistryReportJson() {}

  static String write(KpiRegistry registry, List<RegistryFinding> findings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("kpis", registry.entries().size());
      json.writeNumberField("active", registry.active().size());
      json.writeNumberField("findingCount", findings.size());
      json.writeArrayFieldStart("findings");
      for (RegistryFinding finding : first(findings)) {
        write(json, finding);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  private static List<RegistryFinding> first(List<RegistryFinding> findings) {
    return findings.subList(0, Math.min(findings.size(), MOST_FINDINGS));
  }

  private static void write(JsonGenerator json, RegistryFinding finding) throws IOException {
    json.writeStartObject();
    json.writeNumberField("index", finding.index());
    json.writeStringField("id", finding.id());
    json.writeStringField("field", finding.field());
    json.writeStringField("reason", finding.reason());
    json.writeBooleanField("leftOut", finding.leftOut());
    json.writeEndObject();
  }
}
