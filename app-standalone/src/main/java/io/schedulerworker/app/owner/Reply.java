package io.schedulerworker.app.owner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schedulerworker.app.api.Failed;
import java.util.Optional;

/**
 * What the API says.
 *
 * @param status the HTTP status
 * @param etag the version of what it shows; empty if it has none
 * @param body the text
 */
public record Reply(int status, Optional<String> etag, String body) {
  private static final int UNAVAILABLE = 503;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * This reply, if it is no problem.
   *
   * @return this
   * @throws RefusedException otherwise
   */
  public Reply orRefused() {
    if (status >= 400) {
      throw refused();
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

  private RefusedException refused() {
    String unexplained = "the API answered " + status;
    try {
      JsonNode problem = JSON.readTree(body);
      boolean inVain = problem.path(Failed.REASON).asText().equals(Failed.STORE_REFUSES);
      return new RefusedException(
          problem.path("detail").asText(unexplained), status == UNAVAILABLE && !inVain);
    } catch (JsonProcessingException e) {
      return new RefusedException(unexplained, status == UNAVAILABLE);
    }
  }
}
