package io.schedulerworker.n8n;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A POST. The JDK's builder copies and checks the headers twice, before the client does so when it sends them: to make one
 * of its requests takes three times as long as to make this one.
 */
final class WebhookRequest extends HttpRequest {
  private final URI address;
  private final HttpHeaders headers;
  private final OneShotBody body;

  /** To an address and with headers that were checked. */
  WebhookRequest(URI address, Map<String, List<String>> headers, OneShotBody body) {
    this.address = address;
    this.headers = HttpHeaders.of(headers, (name, value) -> true);
    this.body = body;
  }

  /**
   * Checks an address.
   *
   * @throws IllegalArgumentException if it has no host, or is not of http or https
   */
  static void checkAddress(URI address) {
    if (address.getHost() == null || !isHttp(address.getScheme())) {
      throw new IllegalArgumentException("not an http or https address with a host");
    }
  }

  /**
   * Checks what is to be sent in a header.
   *
   * @throws IllegalArgumentException if no header can have it
   */
  static void checkHeader(String name, List<String> values) {
    for (String value : values) {
      if (!isLatin(value)) {
        throw new IllegalArgumentException(name + " has characters that no header has");
      }
    }
  }

  private static boolean isHttp(String scheme) {
    return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
  }

  private static boolean isLatin(String value) {
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if ((each < ' ' && each != '\t') || each == 0x7f || each > 0xff) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public URI uri() {
    return address;
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return Optional.of(body);
  }

  @Override
  public boolean expectContinue() {
    return false;
  }

  @Override
  public Optional<Duration> timeout() {
    return Optional.empty();
  }

  @Override
  public Optional<HttpClient.Version> version() {
    return Optional.empty();
  }
}
