package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobMetadata;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.ScheduleId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metadata of the job record as JSON. Its counts are written from the runs and not read. */
final class JobMetadataJson {
  private static final String TOTAL = "totalKPIs";
  private static final String COMPLETED = "completedKPIs";
  private static final String FAILED = "failedKPIs";
  private static final String ENVIRONMENT = "environment";
  private static final String SCHEDULE = "schedule";
  private static final String FORMAT = "format";
  private static final String ID = "id";
  private static final String CRON = "cron";
  private static final String FIRE_TIME = "fireTime";

  private final Map<String, JsonText> extras = Json.newFields();
  private String environment = "";
  private @Nullable Fire fire;
  private @Nullable Integer format;

  private JobMetadataJson() {}

  static JobMetadata read(JsonSource parser) throws IOException {
    JobMetadataJson reader = new JobMetadataJson();
    Members.object(parser, "metadata", name -> reader.member(parser, name));
    return new JobMetadata(
        reader.environment, reader.fire, reader.format, Json.extras(reader.extras));
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case TOTAL, COMPLETED, FAILED -> parser.skipChildren();
      case ENVIRONMENT -> environment = Members.string(parser, "metadata.environment");
      case FORMAT -> format = Members.integer(parser, "metadata.format");
      case SCHEDULE -> schedule(parser.value());
      default -> extras.put(name, parser.value());
    }
  }

  /** What is not the contract's object belongs to another writer, and is passed on. */
  private void schedule(JsonText text) throws IOException {
    fire = fire(Json.node(text));
    if (fire == null) {
      extras.put(SCHEDULE, text);
    }
  }

  private static @Nullable Fire fire(JsonNode node) {
    String id = node.path(ID).textValue();
    String cron = node.path(CRON).textValue();
    String fireTime = node.path(FIRE_TIME).textValue();
    boolean manual = node.size() == 1 && ScheduleId.MANUAL.value().equals(id);
    if (manual) {
      return Fire.manual();
    }
    return node.size() == 3 && id != null && cron != null && fireTime != null
        ? fire(id, cron, fireTime)
        : null;
  }

  private static @Nullable Fire fire(String id, String cron, String fireTime) {
    try {
      return new Fire(new ScheduleId(id), cron, Instant.parse(fireTime));
    } catch (IllegalArgumentException | DateTimeException e) {
      return null;
    }
  }

  static void write(JsonGenerator generator, JobRecord job) throws IOException {
    JobMetadata metadata = job.metadata();
    generator.writeStartObject();
    generator.writeNumberField(TOTAL, job.kpis().size());
    generator.writeNumberField(COMPLETED, job.completedKpis());
    generator.writeNumberField(FAILED, job.failedKpis());
    generator.writeStringField(ENVIRONMENT, metadata.environment());
    if (metadata.fire() != null) {
      write(generator, metadata.fire());
    }
    if (metadata.format() != null) {
      generator.writeNumberField(FORMAT, metadata.format());
    }
    Json.write(generator, metadata.extras());
    generator.writeEndObject();
  }

  private static void write(JsonGenerator generator, Fire fire) throws IOException {
    generator.writeObjectFieldStart(SCHEDULE);
    generator.writeStringField(ID, fire.schedule().value());
    if (fire.cron() != null && fire.fireTime() != null) {
      generator.writeStringField(CRON, fire.cron());
      generator.writeStringField(FIRE_TIME, fire.fireTime().toString());
    }
    generator.writeEndObject();
  }
}
