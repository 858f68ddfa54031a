package io.schedulerworker.app.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.app.api.Health.Report;
import io.schedulerworker.app.api.NewestJob.JobSummary;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Health in the shape of the contract's section 5. */
final class HealthJson {
  private static final JsonFactory JSON = new JsonFactory();

  private HealthJson() {}

  static String write(Report report, String version) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, report, version);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Report report, String version) throws IOException {
    json.writeStartObject();
    json.writeStringField("status", report.state().text);
    json.writeStringField("timestamp", seconds(report.timestamp()));
    json.writeStringField("worker", "scheduler-worker");
    json.writeStringField("version", version);
    json.writeObjectFieldStart("kvStores");
    json.writeStringField("jobs", store(report.jobsFailed()));
    json.writeStringField("config", store(report.configFailed()));
    json.writeEndObject();
    json.writeFieldName("lastJob");
    write(json, report.lastJob());
    json.writeStringField(
        "nextFireTime", report.nextFireTime().map(HealthJson::seconds).orElse(null));
    json.writeArrayFieldStart("warnings");
    for (String warning : report.warnings()) {
      json.writeString(warning);
    }
    json.writeEndArray();
    json.writeNumberField("responseTime", report.took().toMillis());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Optional<JobSummary> job) throws IOException {
    if (job.isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("traceId", job.get().traceId().value());
    json.writeStringField("status", job.get().status());
    json.writeStringField("createdAt", seconds(job.get().createdAt()));
    json.writeNumberField("kpiCount", job.get().kpiCount());
    json.writeEndObject();
  }

  private static String store(boolean failed) {
    return failed ? "error" : "connected";
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
