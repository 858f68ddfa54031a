package io.schedulerworker.n8n;

import java.net.http.HttpHeaders;
import java.util.Locale;

/**
 * What came back.
 *
 * @param body its first 64 KB at most
 * @param lost whether the connection or the time ended before the body did
 */
record Answer(int status, HttpHeaders headers, String body, boolean lost) {
  /** Whether it is a page; JSON is none, whatever it is called. */
  boolean isHtml() {
    return !body.startsWith("{") && isCalledHtml();
  }

  private boolean isCalledHtml() {
    return headers
        .firstValue("Content-Type")
        .filter(type -> type.toLowerCase(Locale.ROOT).contains("text/html"))
        .isPresent();
  }

  /** What n8n says: the message of its JSON, else the whole body. */
  String message() {
    return JsonMessage.in(body);
  }
}
