package io.schedulerworker.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.model.KpiStatus;
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

  /** Reads a report; a {@link ProblemException} with 400 if it is not understood. */
  static KpiEnd read(String text) {
    JsonNode body = JsonBody.read(text, "{\"status\":\"completed\"}");
    return new KpiEnd(status(body.path("status")), error(body.path("error")));
  }

  private static KpiStatus status(JsonNode status) {
    return switch (status.asText()) {
      case "completed" -> KpiStatus.COMPLETED;
      case "failed" -> KpiStatus.FAILED;
      default -> throw JsonBody.malformed("status must be \"completed\" or \"failed\"");
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

  /** What is answered to the report. */
  String answer(TraceId traceId, String kpiId) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("traceId", traceId.value())
        .put("kpiId", kpiId)
        .put("status", status.text())
        .toString();
  }
}
