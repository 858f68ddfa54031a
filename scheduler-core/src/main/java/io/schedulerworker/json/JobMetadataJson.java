package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.schedulerworker.model.AuditLine;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobMetadata;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.KpiCounts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of the job record as JSON. Its counts are written from the runs; of a record they are not read from it. Of a
 * member that is there twice the last counts.
 */
final class JobMetadataJson {
  private static final String TOTAL = "totalKPIs";
  private static final String COMPLETED = "completedKPIs";
  private static final String FAILED = "failedKPIs";
  private static final String ENVIRONMENT = "environment";
  private static final String SCHEDULE = "schedule";
  private static final String FORMAT = "format";
  private static final String EPOCH = "epoch";
  private static final String ERROR = "error";

  private static final String AUDIT = "audit";

  private final Map<String, JsonText> extras = Json.newFields();
  private String environment = "";
  private @Nullable Fire fire;
  private @Nullable Integer format;
  private int epoch;
  private @Nullable String error;
  private List<AuditLine> audit = List.of();
  private int total;
  private int completed;
  private int failed;

  private JobMetadataJson() {}

  static JobMetadata read(JsonSource parser) throws IOException {
    return reader(parser).metadata();
  }

  /** For where the counts are wanted too. */
  static JobMetadataJson reader(JsonSource parser) throws IOException {
    JobMetadataJson reader = new JobMetadataJson();
    Members.object(parser, "metadata", name -> reader.member(parser, name));
    return reader;
  }

  JobMetadata metadata() {
    return new JobMetadata(environment, fire, format, epoch, error, audit, Json.extras(extras));
  }

  KpiCounts counts() {
    return new KpiCounts(total, completed, failed);
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case TOTAL -> total = count(parser);
      case COMPLETED -> completed = count(parser);
      case FAILED -> failed = count(parser);
      case ENVIRONMENT -> environment = Members.string(parser, "metadata.environment");
      case FORMAT -> format = Members.integer(parser, "metadata.format");
      case EPOCH -> epoch = Members.integer(parser, "metadata.epoch");
      case ERROR -> error(parser);
      case AUDIT -> audit(parser.value());
      case SCHEDULE -> schedule(parser.value());
      default -> extras.put(name, parser.value());
    }
  }

  /** What another program took for a count makes no record unreadable. */
  private static int count(JsonSource parser) throws IOException {
    boolean counts = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() == JsonParser.NumberType.INT;
    if (!counts) {
      parser.skipChildren();
    }
    return counts ? parser.getIntValue() : 0;
  }

  /** What is no text belongs to another writer, and is passed on. */
  private void error(JsonSource parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      error = parser.getText();
      extras.remove(ERROR);
    } else {
      error = null;
      extras.put(ERROR, parser.value());
    }
  }

  /** Lines that are not understood, of a later version for example, are passed on. */
  private void audit(JsonText text) throws IOException {
    AuditLineJson.Lines lines = AuditLineJson.read(text);
    audit = lines.understood();
    extras.remove(AUDIT);
    if (lines.others() != null) {
      extras.put(AUDIT, lines.others());
    }
  }

  /** What is not the contract's object belongs to another writer, and is passed on. */
  private void schedule(JsonText text) throws IOException {
    fire = FireJson.read(text);
    if (fire == null) {
      extras.put(SCHEDULE, text);
    } else {
      extras.remove(SCHEDULE);
    }
  }

  static void write(JsonGenerator generator, JobMetadata metadata, KpiCounts counts)
      throws IOException {
    generator.writeStartObject();
    generator.writeNumberField(TOTAL, counts.total());
    generator.writeNumberField(COMPLETED, counts.completed());
    generator.writeNumberField(FAILED, counts.failed());
    generator.writeStringField(ENVIRONMENT, metadata.environment());
    if (metadata.fire() != null) {
      generator.writeFieldName(SCHEDULE);
      FireJson.write(generator, metadata.fire());
    }
    if (metadata.format() != null) {
      generator.writeNumberField(FORMAT, metadata.format());
    }
    if (metadata.epoch() > 0) {
      generator.writeNumberField(EPOCH, metadata.epoch());
    }
    if (metadata.error() != null) {
      generator.writeStringField(ERROR, metadata.error());
    }
    JsonText others = metadata.extras().fields().get(AUDIT);
    if (others != null || !metadata.audit().isEmpty()) {
      generator.writeFieldName(AUDIT);
      AuditLineJson.write(generator, metadata.audit(), others);
    }
    Json.write(generator, metadata.extras().without(AUDIT));
    generator.writeEndObject();
  }
}
