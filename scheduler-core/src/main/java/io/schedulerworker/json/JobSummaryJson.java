package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.JobSummary;
import io.schedulerworker.model.TraceId;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The summary of a job as JSON: as lists show it, and as it is stored, which has a member {@code progress} more. */
public final class JobSummaryJson {
  static final int CHARACTERS = 400;

  private static final String WHAT = "the summary";
  private static final String PROGRESS = "progress";

  private @Nullable TraceId traceId;
  private @Nullable JobStatus status;
  private @Nullable Instant createdAt;
  private @Nullable Instant updatedAt;
  private @Nullable JobMetadataJson metadata;
  private long progress;

  private JobSummaryJson() {}

  /**
   * Reads a stored summary.
   *
   * @param text its JSON
   * @return the summary
   * @throws io.schedulerworker.model.FormatException if the text is no summary
   */
  public static JobSummary read(String text) {
    return Json.read(WHAT, text, JobSummaryJson::read);
  }

  private static JobSummary read(JsonSource parser) throws IOException {
    JobSummaryJson reader = new JobSummaryJson();
    Members.document(parser, name -> reader.member(parser, name));
    JobMetadataJson metadata = Members.required(reader.metadata, WHAT, JobRecordJson.METADATA);
    return new JobSummary(
        Members.required(reader.traceId, WHAT, JobRecordJson.TRACE_ID),
        Members.required(reader.status, WHAT, JobRecordJson.STATUS),
        Members.required(reader.createdAt, WHAT, JobRecordJson.CREATED_AT),
        Members.required(reader.updatedAt, WHAT, JobRecordJson.UPDATED_AT),
        metadata.counts(),
        metadata.metadata(),
        reader.progress);
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case JobRecordJson.TRACE_ID -> traceId = TraceIdJson.read(parser, name);
      case JobRecordJson.STATUS ->
        status = Members.oneOf(parser, name, JobStatus.values(), JobStatus::text);
      case JobRecordJson.CREATED_AT -> createdAt = Members.instant(parser, name);
      case JobRecordJson.UPDATED_AT -> updatedAt = Members.instant(parser, name);
      case JobRecordJson.METADATA -> metadata = JobMetadataJson.reader(parser);
      case PROGRESS -> progress = Members.number(parser, name);
      default -> parser.skipChildren();
    }
  }

  /**
   * Writes a summary as it is stored.
   *
   * @param job what to write
   * @return compact JSON
   */
  public static String write(JobSummary job) {
    return Json.write(CHARACTERS, generator -> {
      generator.writeStartObject();
      writeMembers(generator, job);
      generator.writeNumberField(PROGRESS, job.progress());
      generator.writeEndObject();
    });
  }

  /**
   * Writes a summary as lists show it.
   *
   * @param job what to write
   * @return compact JSON
   */
  public static String writeItem(JobSummary job) {
    return Json.write(CHARACTERS, generator -> writeItem(generator, job));
  }

  static void writeItem(JsonGenerator generator, JobSummary job) throws IOException {
    generator.writeStartObject();
    writeMembers(generator, job);
    generator.writeEndObject();
  }

  private static void writeMembers(JsonGenerator generator, JobSummary job) throws IOException {
    JobRecordJson.writeHead(
        generator, job.traceId(), job.status(), job.createdAt(), job.updatedAt());
    generator.writeFieldName(JobRecordJson.METADATA);
    JobMetadataJson.write(generator, job.metadata(), job.counts());
  }
}
