package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.JobMetadata;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.TraceId;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The job record as JSON, in the shape of the contract's section 2. */
public final class JobRecordJson {
  static final String TRACE_ID = "traceId";
  static final String STATUS = "status";
  static final String CREATED_AT = "createdAt";
  static final String UPDATED_AT = "updatedAt";
  static final String METADATA = "metadata";

  private static final String WHAT = "the job record";
  private static final String KPIS = "kpis";
  private static final int CHARACTERS_PER_RUN = 256;

  private JobRecordJson() {}

  /**
   * Reads a record, also one that another program wrote.
   *
   * @param text the JSON
   * @return the record
   * @throws io.schedulerworker.model.FormatException if it is no job record; the message names the field
   */
  public static JobRecord read(String text) {
    return Json.read(WHAT, text, JobRecordJson::read);
  }

  private static JobRecord read(JsonSource parser) throws IOException {
    Reader reader = new Reader();
    Members.document(parser, name -> reader.member(parser, name));
    return reader.job();
  }

  /**
   * Writes a record: the contract's fields in the contract's order, further ones after those of the same object.
   *
   * @param job what to write
   * @return compact JSON
   */
  public static String write(JobRecord job) {
    return Json.write(job.kpis().size() * CHARACTERS_PER_RUN, generator -> write(generator, job));
  }

  private static void write(JsonGenerator generator, JobRecord job) throws IOException {
    generator.writeStartObject();
    writeHead(generator, job.traceId(), job.status(), job.createdAt(), job.updatedAt());
    generator.writeObjectFieldStart(KPIS);
    for (KpiRun run : job.kpis().values()) {
      generator.writeFieldName(run.kpiId());
      KpiRunJson.write(generator, run);
    }
    generator.writeEndObject();
    generator.writeFieldName(METADATA);
    JobMetadataJson.write(generator, job.metadata(), job.counts());
    Json.write(generator, job.extras());
    generator.writeEndObject();
  }

  /** What record and summary begin with. */
  static void writeHead(
      JsonGenerator generator,
      TraceId traceId,
      JobStatus status,
      Instant createdAt,
      Instant updatedAt)
      throws IOException {
    generator.writeStringField(TRACE_ID, traceId.value());
    generator.writeStringField(STATUS, status.text());
    generator.writeStringField(CREATED_AT, createdAt.toString());
    generator.writeStringField(UPDATED_AT, updatedAt.toString());
  }

  /** Gathers the members of the outermost object. */
  private static final class Reader {
    private final Map<String, JsonText> extras = Json.newFields();
    private final Map<String, KpiRun> kpis = new LinkedHashMap<>();
    private @Nullable TraceId traceId;
    private @Nullable JobStatus status;
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;
    private @Nullable JobMetadata metadata;

    void member(JsonSource parser, String name) throws IOException {
      switch (name) {
        case TRACE_ID -> traceId = TraceIdJson.read(parser, name);
        case STATUS -> status = Members.oneOf(parser, name, JobStatus.values(), JobStatus::text);
        case CREATED_AT -> createdAt = Members.instant(parser, name);
        case UPDATED_AT -> updatedAt = Members.instant(parser, name);
        case KPIS -> Members.object(parser, name, id -> kpis.put(id, KpiRunJson.read(parser, id)));
        case METADATA -> metadata = JobMetadataJson.read(parser);
        default -> extras.put(name, parser.value());
      }
    }

    JobRecord job() {
      return new JobRecord(
          Members.required(traceId, WHAT, TRACE_ID),
          Members.required(status, WHAT, STATUS),
          Members.required(createdAt, WHAT, CREATED_AT),
          Members.required(updatedAt, WHAT, UPDATED_AT),
          kpis,
          Members.required(metadata, WHAT, METADATA),
          Json.extras(extras));
    }
  }
}
