package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One fate as JSON: {@code {"fireTime":…,"fate":"job","traceId":…,"by":…}} or {@code {"fireTime":…,"fate":"skipped",
 * "reason":…,"detail":…,"by":…}}; of a fire that had no turn at its time with {@code "late":…}, the cause.
 */
final class FateJson {
  private static final String WHAT = "the fate of a fire";
  private static final String FIRE_TIME = "fireTime";
  private static final String FATE = "fate";
  private static final String TRACE_ID = "traceId";
  private static final String REASON = "reason";
  private static final String DETAIL = "detail";
  private static final String BY = "by";
  private static final String LATE = "late";

  private @Nullable Instant fireTime;
  private @Nullable TraceId job;
  private @Nullable SkipReason reason;
  private @Nullable String detail;
  private String by = "";
  private Owed.@Nullable Cause late;

  private FateJson() {}

  static Fate read(JsonSource parser) throws IOException {
    FateJson reader = new FateJson();
    Members.object(parser, "fates", name -> reader.member(parser, name));
    try {
      return new Fate(
          Members.required(reader.fireTime, WHAT, FIRE_TIME),
          reader.job,
          reader.reason,
          reader.detail,
          reader.by,
          reader.late);
    } catch (IllegalArgumentException e) {
      throw new FormatException(WHAT + ": " + e.getMessage());
    }
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case FIRE_TIME -> fireTime = Members.instant(parser, FIRE_TIME);
      case TRACE_ID -> job = TraceIdJson.read(parser, TRACE_ID);
      case REASON -> reason = Members.oneOf(parser, REASON, SkipReason.values(), SkipReason::text);
      case DETAIL -> detail = Members.stringOrNull(parser, DETAIL);
      case BY -> by = Members.string(parser, BY);
      case LATE -> late = OwedJson.cause(parser, LATE);
      default -> parser.skipChildren();
    }
  }

  static void write(JsonGenerator generator, Fate fate) throws IOException {
    generator.writeStartObject();
    generator.writeStringField(FIRE_TIME, fate.fireTime().toString());
    TraceId traceId = fate.job();
    SkipReason why = fate.reason();
    if (traceId != null) {
      generator.writeStringField(FATE, "job");
      generator.writeStringField(TRACE_ID, traceId.value());
    } else if (why != null) {
      generator.writeStringField(FATE, "skipped");
      generator.writeStringField(REASON, why.text());
    }
    if (fate.detail() != null) {
      generator.writeStringField(DETAIL, fate.detail());
    }
    generator.writeStringField(BY, fate.by());
    Owed.Cause cause = fate.late();
    if (cause != null) {
      generator.writeStringField(LATE, cause.text());
    }
    generator.writeEndObject();
  }
}
