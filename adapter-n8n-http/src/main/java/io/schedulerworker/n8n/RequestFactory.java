package io.schedulerworker.n8n;

import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.TriggerSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes the HTTP request of an attempt. */
final class RequestFactory {
  /** A request and its body. */
  record Call(HttpRequest request, OneShotBody body) {}

  private final TraceParent traceParent = new TraceParent();
  private final String userAgent;
  private final @Nullable String apiKey;

  /**
   * Takes what every request carries.
   *
   * @throws IllegalArgumentException if a header cannot carry it
   */
  RequestFactory(TriggerSettings settings) {
    userAgent = settings.userAgent();
    apiKey = settings.apiKey();
    check("user agent", userAgent);
    if (apiKey != null) {
      check("API key", apiKey);
    }
  }

  /** The JDK's client would let Latin-1 pass, and then send a question mark for what is not ASCII. */
  private static void check(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("the " + name + " is blank");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the " + name + " has a control character in it, a line break perhaps");
    }
    if (value.chars().anyMatch(character -> character > '~')) {
      throw new IllegalArgumentException("the " + name + " has characters other than ASCII in it");
    }
  }

  /**
   * The request of one attempt.
   *
   * @throws IllegalArgumentException if the address or the idempotency key do not allow for one
   */
  Call of(TriggerRequest request) {
    OneShotBody body = new OneShotBody(request.payload().getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder builder = HttpRequest.newBuilder(ascii(request.webhook()))
        .header("Content-Type", "application/json")
        .header("User-Agent", userAgent)
        .header("Idempotency-Key", request.idempotencyKey().value())
        .header("traceparent", traceParent.of(request.traceId(), request.idempotencyKey()))
        .POST(body);
    if (apiKey != null) {
      builder.header("Authorization", "Bearer " + apiKey);
    }
    return new Call(builder.build(), body);
  }

  /** A URI may have letters outside ASCII in its path, which the client would send as question marks. */
  private static URI ascii(URI webhook) {
    return isAscii(webhook.toString()) ? webhook : URI.create(webhook.toASCIIString());
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
