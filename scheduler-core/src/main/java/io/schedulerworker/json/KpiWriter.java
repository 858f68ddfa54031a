package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.Kpi;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes one KPI of the registry. */
final class KpiWriter {
  private KpiWriter() {}

  static void write(JsonGenerator generator, Kpi kpi) throws IOException {
    generator.writeStartObject();
    generator.writeStringField(KpiFields.ID, kpi.id());
    generator.writeStringField(KpiFields.NAME, kpi.name());
    if (kpi.description() != null) {
      generator.writeStringField(KpiFields.DESCRIPTION, kpi.description());
    }
    generator.writeStringField(KpiFields.TYPE, kpi.type());
    if (!kpi.extras().fields().containsKey(KpiFields.ACTIVE)) {
      generator.writeBooleanField(KpiFields.ACTIVE, kpi.active());
    }
    generator.writeStringField(KpiFields.WEBHOOK_URL, kpi.webhookUrl());
    write(generator, KpiFields.ANALYSIS_CONFIG, kpi.analysisConfig());
    write(generator, KpiFields.METADATA, kpi.metadata());
    Json.write(generator, kpi.extras());
    generator.writeEndObject();
  }

  private static void write(JsonGenerator generator, String field, @Nullable JsonText value)
      throws IOException {
    if (value != null) {
      generator.writeFieldName(field);
      generator.writeRawValue(value.text());
    }
  }
}
