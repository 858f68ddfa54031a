package io.schedulerworker.app.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.model.Texts;

/** The JSON object that a request brings along. */
final class JsonBody {
  private static final ObjectMapper JSON = new ObjectMapper()
      .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonBody() {}

  /** Reads it; a {@link ProblemException} with 400, which says what is expected, if it is none. */
  static JsonNode read(String text, String expected) {
    JsonNode body = parse(text);
    if (!body.isObject()) {
      throw malformed("the body must be a JSON object like " + expected);
    }
    return body;
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw malformed("the body is not JSON: " + Texts.line(e.getOriginalMessage(), 200));
    }
  }

  static ProblemException malformed(String detail) {
    return new ProblemException(400, detail);
  }
}
