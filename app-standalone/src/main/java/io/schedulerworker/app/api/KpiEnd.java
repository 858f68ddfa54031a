package io.schedulerworker.app.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Texts;
import io.schedulerworker.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * The end of a KPI as a workflow reports it. Other members than these are passed over: workflows send what they have.
 *
 * @param status completed or failed
 * @param error why it failed, as a text; null if it does not say so
 */
record KpiEnd(KpiStatus status, @Nullable String error) {
  private static final int LONGEST_ERROR = 4_000;
  private static final ObjectMapper JSON = new ObjectMapper()
      .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Reads a report; a {@link ProblemException} with 400 if it is not understood. */
  static KpiEnd read(String text) {
    JsonNode body = parse(text);
    return new KpiEnd(status(body.path("status")), error(body.path("error")));
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode body = JSON.readTree(text);
      if (body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      throw malformed("the body is not JSON: " + Texts.line(e.getOriginalMessage(), 200));
    }
    throw malformed("the body must be a JSON object like {\"status\":\"completed\"}");
  }

  private static KpiStatus status(JsonNode status) {
    return switch (status.asText()) {
      case "completed" -> KpiStatus.COMPLETED;
      case "failed" -> KpiStatus.FAILED;
      default -> throw malformed("status must be \"completed\" or \"failed\"");
    };
  }

  /** n8n hands on errors as objects. */
  private static @Nullable String error(JsonNode error) {
    if (error.isMissingNode() || error.isNull()) {
      return null;
    }
    String text = error.isTextual() ? error.textValue() : error.toString();
    return text.length() > LONGEST_ERROR ? text.substring(0, LONGEST_ERROR) + "…" : text;
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(400, detail);
  }

  /** What is answered to the report. */
  String answer(TraceId traceId, String kpiId) {
    return JSON.createObjectNode()
        .put("traceId", traceId.value())
        .put("kpiId", kpiId)
        .put("status", status.text())
        .toString();
  }
}
