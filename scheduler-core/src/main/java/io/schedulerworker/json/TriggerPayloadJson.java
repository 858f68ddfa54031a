package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.schedulerworker.model.TriggerPayload;
import java.io.IOException;

/** The body of a webhook call as JSON, in the shape of the contract's section 4. */
public final class TriggerPayloadJson {
  private static final SerializableString TRACE_ID = new SerializedString("traceId");
  private static final SerializableString KPI_ID = new SerializedString("kpiId");
  private static final SerializableString TIMESTAMP = new SerializedString("timestamp");
  private static final SerializableString KPI_TYPE = new SerializedString("kpiType");
  private static final SerializableString METADATA = new SerializedString("metadata");
  private static final SerializableString SCHEDULER_WORKER =
      new SerializedString("schedulerWorker");
  private static final SerializableString ENVIRONMENT = new SerializedString("environment");
  private static final SerializableString KPI_NAME = new SerializedString("kpiName");
  private static final SerializableString KPI_DESCRIPTION = new SerializedString("kpiDescription");
  private static final SerializableString CALLBACK_URL = new SerializedString("callbackUrl");
  private static final SerializableString WORKER = new SerializedString("scheduler-worker");
  private static final int CHARACTERS = 512;

  private TriggerPayloadJson() {}

  /**
   * Writes a payload: every field of the contract, in its order; a KPI without a description has null there, and without a callback URL there is none.
   *
   * @param payload what to write
   * @return compact JSON
   */
  public static String write(TriggerPayload payload) {
    return Json.write(CHARACTERS, generator -> write(generator, payload));
  }

  private static void write(JsonGenerator generator, TriggerPayload payload) throws IOException {
    generator.writeStartObject();
    Json.write(generator, TRACE_ID, payload.traceId().value());
    Json.write(generator, KPI_ID, payload.kpi().id());
    Json.write(generator, TIMESTAMP, InstantText.of(payload.timestamp()));
    Json.write(generator, KPI_TYPE, payload.kpi().type());
    generator.writeFieldName(METADATA);
    generator.writeStartObject();
    Json.write(generator, SCHEDULER_WORKER, WORKER);
    Json.write(generator, ENVIRONMENT, payload.environment());
    Json.write(generator, KPI_NAME, payload.kpi().name());
    Json.write(generator, KPI_DESCRIPTION, payload.kpi().description());
    generator.writeEndObject();
    if (payload.callbackUrl() != null) {
      Json.write(generator, CALLBACK_URL, payload.callbackUrl());
    }
    generator.writeEndObject();
  }
}
