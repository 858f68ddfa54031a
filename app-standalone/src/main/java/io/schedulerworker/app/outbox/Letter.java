package io.schedulerworker.app.outbox;

import java.net.URI;
import java.util.function.IntFunction;

/**
 * Something to deliver, by POST. Shows no address: that may be a secret.
 *
 * @param to whom, an http or https URL
 * @param contentType of the body
 * @param body makes the body, of the number of letters that were dropped before this one; does not block
 * @param arrived is run once it is delivered; does not block
 */
public record Letter(URI to, String contentType, IntFunction<String> body, Runnable arrived) {
  @Override
  public String toString() {
    return "Letter[" + contentType + "]";
  }
}
