package io.schedulerworker.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.schedulerworker.model.TriggerPayload;
import org.jspecify.annotations.Nullable;

/**
 * The body of a webhook call as JSON, in the shape of the contract's section 4. One is written for every call, so it is
 * put together without the machinery that a greater document takes.
 */
public final class TriggerPayloadJson {
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();
  private static final int CHARACTERS = 512;

  private TriggerPayloadJson() {}

  /**
   * Writes a payload: every field of the contract, in its order; a KPI without a description has null there, and without a callback URL there is none.
   *
   * @param payload what to write
   * @return compact JSON
   */
  public static String write(TriggerPayload payload) {
    StringBuilder json = new StringBuilder(CHARACTERS);
    member(json, "{\"traceId\":", payload.traceId().value());
    member(json, ",\"kpiId\":", payload.kpi().id());
    member(json, ",\"timestamp\":", InstantText.of(payload.timestamp()).getValue());
    member(json, ",\"kpiType\":", payload.kpi().type());
    member(json, ",\"metadata\":{\"schedulerWorker\":", "scheduler-worker");
    member(json, ",\"environment\":", payload.environment());
    member(json, ",\"kpiName\":", payload.kpi().name());
    member(json, ",\"kpiDescription\":", payload.kpi().description());
    json.append('}');
    if (payload.callbackUrl() != null) {
      member(json, ",\"callbackUrl\":", payload.callbackUrl());
    }
    return LoneSurrogates.escaped(json.append('}').toString());
  }

  private static void member(StringBuilder json, String name, @Nullable String value) {
    json.append(name);
    if (value == null) {
      json.append("null");
    } else {
      json.append('"');
      ENCODER.quoteAsString(value, json);
      json.append('"');
    }
  }
}
