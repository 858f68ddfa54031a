package io.schedulerworker.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The end of a KPI as a workflow reports it. Other members than these are passed over: workflows send what they have.
 *
 * @param status completed or failed
 * @param error why it failed, as a text without secrets; null if it does not say so, or did not fail
 */
record KpiEnd(KpiStatus status, @Nullable String error) {
  private static final int LONGEST_ERROR = 4_000;

  /** Where marks are shorter than what they stand for there is more to keep; a secret that this cuts is hidden all the same. */
  private static final int LONGEST_LOOKED_AT = 2 * LONGEST_ERROR;

  private static final int UNKNOWN_CHARACTER = 0xfffd;

  /**
   * Reads a report; a {@link io.schedulerworker.app.http.ProblemException} with 400 if it is not understood.
   *
   * @param withoutSecrets takes secrets out of a text
   */
  static KpiEnd read(String text, UnaryOperator<String> withoutSecrets) {
    JsonNode body = JsonBody.read(text, "{\"status\":\"completed\"}");
    KpiStatus status = status(body.path("status"));
    String error = status == KpiStatus.FAILED ? error(body.path("error")) : null;
    return new KpiEnd(status, error == null ? null : shown(error, withoutSecrets));
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
    return error.isTextual() ? error.textValue() : error.toString();
  }

  private static String shown(String error, UnaryOperator<String> withoutSecrets) {
    String looked = cut(error, LONGEST_LOOKED_AT);
    String shown = whole(withoutSecrets.apply(looked));
    boolean isCut = looked.length() < error.length() || shown.length() > LONGEST_ERROR;
    return isCut ? cut(shown, LONGEST_ERROR) + "…" : shown;
  }

  /** What no store and no terminal takes as it is gets the character for unknown ones. */
  private static String whole(String text) {
    int[] characters = text.codePoints().map(KpiEnd::known).toArray();
    return new String(characters, 0, characters.length);
  }

  private static int known(int character) {
    boolean isUnknown = character == 0 || Character.getType(character) == Character.SURROGATE;
    return isUnknown ? UNKNOWN_CHARACTER : character;
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
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
