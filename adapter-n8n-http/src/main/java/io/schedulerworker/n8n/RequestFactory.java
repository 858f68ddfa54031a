package io.schedulerworker.n8n;

import io.schedulerworker.model.WebhookUrl;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.TriggerSecrets;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the HTTP request of an attempt. */
final class RequestFactory {
  /** A call that is yet to be made. */
  final class Call {
    private final URI address;
    private final Map<String, List<String>> headers;
    private final OneShotBody body;
    private final TriggerRequest request;
    private final TriggerSecrets secrets;

    private Call(
        URI address,
        Map<String, List<String>> headers,
        OneShotBody body,
        TriggerRequest request,
        TriggerSecrets secrets) {
      this.address = address;
      this.headers = headers;
      this.body = body;
      this.request = request;
      this.secrets = secrets;
    }

    OneShotBody body() {
      return body;
    }

    /** The request, to be asked for once, and to be sent at once: its signature has the time of it. */
    HttpRequest signed() {
      if (!secrets.signingSecrets().isEmpty()) {
        Signatures.sign(
            headers,
            secrets.signingSecrets(),
            request.idempotencyKey().value(),
            time.instant(),
            request.payload());
      }
      return new WebhookRequest(address, headers, body);
    }
  }

  private static final List<String> JSON = List.of("application/json");

  private final List<String> userAgent;
  private final InstantSource time;

  /**
   * Takes what every request carries, and the time for signatures.
   *
   * @throws IllegalArgumentException if a header cannot carry it
   */
  RequestFactory(String userAgent, InstantSource time) {
    this.userAgent = List.of(userAgent);
    this.time = time;
    // The JDK's client would let Latin-1 pass, and then send a question mark for what is not ASCII.
    if (userAgent.isBlank() || !userAgent.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException("the user agent is not a text of printable ASCII");
    }
  }

  /**
   * The call of one attempt.
   *
   * @throws IllegalArgumentException if the address or the idempotency key do not allow for one
   */
  Call of(TriggerRequest request, TriggerSecrets secrets) {
    URI address = ascii(request.webhook());
    WebhookRequest.checkAddress(address);
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Content-Type", JSON);
    headers.put("User-Agent", userAgent);
    headers.put("Idempotency-Key", List.of(request.idempotencyKey().value()));
    headers.put("traceparent", List.of(request.traceParent()));
    secrets
        .credential(request.webhook().getHost(), WebhookUrl.port(request.webhook()))
        .ifPresent(credential -> headers.put(credential.header(), List.of(credential.value())));
    headers.forEach(WebhookRequest::checkHeader);
    OneShotBody body = new OneShotBody(request.payload().getBytes(StandardCharsets.UTF_8));
    return new Call(address, headers, body, request, secrets);
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
