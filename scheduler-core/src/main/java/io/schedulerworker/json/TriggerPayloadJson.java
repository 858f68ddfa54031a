package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.TriggerPayload;
import java.io.IOException;

/** The body of a webhook call as JSON, in the shape of the contract's section 4. */
public final class TriggerPayloadJson {
  private static final String SCHEDULER_WORKER = "scheduler-worker";
  private static final int CHARACTERS = 512;

  private TriggerPayloadJson() {}

  /**
   * Writes a payload: every field of the contract, in its order; a KPI without a description has null there.
   *
   * @param payload what to write
   * @return compact JSON
   */
  public static String write(TriggerPayload payload) {
    return Json.write(CHARACTERS, generator -> write(generator, payload));
  }

  private static void write(JsonGenerator generator, TriggerPayload payload) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("traceId", payload.traceId().value());
    generator.writeStringField("kpiId", payload.kpi().id());
    generator.writeStringField("timestamp", InstantText.of(payload.timestamp()));
    generator.writeStringField("kpiType", payload.kpi().type());
    generator.writeObjectFieldStart("metadata");
    generator.writeStringField("schedulerWorker", SCHEDULER_WORKER);
    generator.writeStringField("environment", payload.environment());
    generator.writeStringField("kpiName", payload.kpi().name());
    generator.writeStringField("kpiDescription", payload.kpi().description());
    generator.writeEndObject();
    generator.writeEndObject();
  }
}
