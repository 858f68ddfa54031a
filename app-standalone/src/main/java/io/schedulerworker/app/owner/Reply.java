package io.schedulerworker.app.owner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * What the API says.
 *
 * @param status the HTTP status
 * @param etag the version of what it shows; empty if it has none
 * @param body the text
 */
public record Reply(int status, Optional<String> etag, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * This reply, if it is no problem.
   *
   * @return this
   * @throws RefusedException otherwise
   */
  public Reply orRefused() {
    if (status >= 400) {
      throw new RefusedException(status, detail());
    }
    return this;
  }

  /**
   * The body.
   *
   * @return as JSON
   * @throws IllegalStateException if it is none
   */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the API answered what is not JSON", e);
    }
  }

  private String detail() {
    try {
      return JSON.readTree(body).path("detail").asText("the API answered " + status);
    } catch (JsonProcessingException e) {
      return "the API answered " + status;
    }
  }
}
