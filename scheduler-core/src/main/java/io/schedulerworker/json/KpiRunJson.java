package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.SettledBy;
import io.schedulerworker.model.Texts;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One KPI's part of the job record as JSON. */
final class KpiRunJson {
  private static final String KPI_ID = "kpiId";
  private static final String STATUS = "status";
  private static final String COMPLETED_AT = "completedAt";
  private static final String ERROR = "error";
  private static final String RETRY_COUNT = "retryCount";
  private static final String TRIGGERED_AT = "triggeredAt";
  private static final String RESPONSE_TIME = "responseTime";
  private static final String HTTP_STATUS = "httpStatus";
  private static final String EXECUTION_ID = "executionId";
  private static final String SETTLED_BY = "settledBy";
  private static final String REDRIVES = "redrives";

  private final String id;
  private final Map<String, JsonText> extras = Json.newFields();
  private @Nullable KpiStatus status;
  private @Nullable Instant completedAt;
  private @Nullable String error;
  private int retryCount;
  private @Nullable Instant triggeredAt;
  private @Nullable Long responseTime;
  private @Nullable Integer httpStatus;
  private @Nullable String executionId;
  private @Nullable SettledBy settledBy;
  private int redrives;

  private KpiRunJson(String id) {
    this.id = id;
  }

  static KpiRun read(JsonSource parser, String id) throws IOException {
    KpiRunJson reader = new KpiRunJson(id);
    parser.enter(() -> "kpis[" + Texts.quote(id) + "].");
    Members.object(parser, "run", name -> reader.member(parser, name));
    KpiRun run = reader.run(Members.required(parser, reader.status, STATUS));
    parser.leave();
    return run;
  }

  private void member(JsonSource parser, String name) throws IOException {
    if (!known(parser, name)) {
      extras.put(name, parser.value());
    }
  }

  private boolean known(JsonSource parser, String name) throws IOException {
    switch (name) {
      case KPI_ID -> Members.string(parser, name);
      case STATUS -> status = Members.oneOf(parser, name, KpiStatus.values(), KpiStatus::text);
      case COMPLETED_AT -> completedAt = Members.instantOrNull(parser, name);
      case ERROR -> error = error(parser);
      case RETRY_COUNT -> retryCount = Members.integer(parser, name);
      default -> {
        return further(parser, name);
      }
    }
    return true;
  }

  /** Fields that the seed does not have: another writer may leave them out or set them to null. */
  private boolean further(JsonSource parser, String name) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return false;
    }
    switch (name) {
      case TRIGGERED_AT -> triggeredAt = Members.instant(parser, name);
      case RESPONSE_TIME -> responseTime = Members.number(parser, name);
      case HTTP_STATUS -> httpStatus = Members.integer(parser, name);
      case EXECUTION_ID -> executionId = Members.string(parser, name);
      case SETTLED_BY ->
        settledBy = Members.oneOf(parser, name, SettledBy.values(), SettledBy::text);
      case REDRIVES -> redrives = Math.max(0, Members.integer(parser, name));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Another writer may report an error as any JSON: n8n hands on objects. */
  private static @Nullable String error(JsonSource parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> parser.getText();
      default -> parser.value().text();
    };
  }

  private KpiRun run(KpiStatus reached) {
    return new KpiRun(
        id,
        reached,
        completedAt,
        error,
        retryCount,
        triggeredAt,
        responseTime,
        httpStatus,
        executionId,
        settledBy,
        redrives,
        Json.extras(extras));
  }

  static void write(JsonGenerator generator, KpiRun run) throws IOException {
    generator.writeStartObject();
    Json.write(generator, Written.KPI_ID, run.kpiId());
    Json.write(generator, Written.STATUS, Written.of(run.status()));
    writeInstant(generator, Written.COMPLETED_AT, run.completedAt());
    Json.write(generator, Written.ERROR, run.error());
    number(generator, Written.RETRY_COUNT, run.retryCount());
    writeFurther(generator, run);
    Json.write(generator, run.extras());
    generator.writeEndObject();
  }

  /** What the run says and no more; its id is the name under which it stands. */
  static void writeBrief(JsonGenerator generator, KpiRun run) throws IOException {
    generator.writeStartObject();
    Json.write(generator, Written.STATUS, Written.of(run.status()));
    if (run.completedAt() != null) {
      writeInstant(generator, Written.COMPLETED_AT, run.completedAt());
    }
    if (run.error() != null) {
      Json.write(generator, Written.ERROR, run.error());
    }
    if (run.retryCount() != 0) {
      number(generator, Written.RETRY_COUNT, run.retryCount());
    }
    writeFurther(generator, run);
    Json.write(generator, run.extras());
    generator.writeEndObject();
  }

  private static void writeFurther(JsonGenerator generator, KpiRun run) throws IOException {
    if (run.triggeredAt() != null) {
      writeInstant(generator, Written.TRIGGERED_AT, run.triggeredAt());
    }
    if (run.responseTime() != null) {
      number(generator, Written.RESPONSE_TIME, run.responseTime());
    }
    if (run.httpStatus() != null) {
      number(generator, Written.HTTP_STATUS, run.httpStatus());
    }
    if (run.executionId() != null) {
      Json.write(generator, Written.EXECUTION_ID, run.executionId());
    }
    if (run.settledBy() != null) {
      Json.write(generator, Written.SETTLED_BY, Written.of(run.settledBy()));
    }
    if (run.redrives() != 0) {
      number(generator, Written.REDRIVES, run.redrives());
    }
  }

  private static void writeInstant(
      JsonGenerator generator, SerializableString name, @Nullable Instant at) throws IOException {
    if (at == null) {
      Json.write(generator, name, (String) null);
    } else {
      Json.write(generator, name, InstantText.of(at));
    }
  }

  private static void number(JsonGenerator generator, SerializableString name, long value)
      throws IOException {
    generator.writeFieldName(name);
    generator.writeNumber(value);
  }

  /** Names and words as they are written: escaped once, not once per run. */
  private static final class Written {
    static final SerializableString KPI_ID = new SerializedString(KpiRunJson.KPI_ID);
    static final SerializableString STATUS = new SerializedString(KpiRunJson.STATUS);
    static final SerializableString COMPLETED_AT = new SerializedString(KpiRunJson.COMPLETED_AT);
    static final SerializableString ERROR = new SerializedString(KpiRunJson.ERROR);
    static final SerializableString RETRY_COUNT = new SerializedString(KpiRunJson.RETRY_COUNT);
    static final SerializableString TRIGGERED_AT = new SerializedString(KpiRunJson.TRIGGERED_AT);
    static final SerializableString RESPONSE_TIME = new SerializedString(KpiRunJson.RESPONSE_TIME);
    static final SerializableString HTTP_STATUS = new SerializedString(KpiRunJson.HTTP_STATUS);
    static final SerializableString EXECUTION_ID = new SerializedString(KpiRunJson.EXECUTION_ID);
    static final SerializableString SETTLED_BY = new SerializedString(KpiRunJson.SETTLED_BY);
    static final SerializableString REDRIVES = new SerializedString(KpiRunJson.REDRIVES);

    private static final Map<KpiStatus, SerializableString> STATUSES =
        words(KpiStatus.class, KpiStatus::text);
    private static final Map<SettledBy, SerializableString> SETTLERS =
        words(SettledBy.class, SettledBy::text);

    private Written() {}

    static SerializableString of(KpiStatus status) {
      return Objects.requireNonNull(STATUSES.get(status));
    }

    static SerializableString of(SettledBy settledBy) {
      return Objects.requireNonNull(SETTLERS.get(settledBy));
    }

    private static <E extends Enum<E>> Map<E, SerializableString> words(
        Class<E> type, Function<E, String> text) {
      Map<E, SerializableString> words = new EnumMap<>(type);
      for (E each : type.getEnumConstants()) {
        words.put(each, new SerializedString(text.apply(each)));
      }
      return words;
    }
  }
}
