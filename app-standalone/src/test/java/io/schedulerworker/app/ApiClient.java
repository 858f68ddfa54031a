package io.schedulerworker.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Calls the API of a service as any client does. */
final class ApiClient {
  static final String KEY = "the-api-key-of-the-tests";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration MOST = Duration.ofSeconds(30);

  private final URI service;

  ApiClient(URI service) {
    this.service = service;
  }

  /** What came back. */
  record Reply(int status, String body, Map<String, String> headers) {
    Map<String, Object> json() {
      return Json.object(body);
    }

    String detail() {
      return String.valueOf(json().get("detail"));
    }
  }

  /** With the key. */
  Reply get(String path) {
    return call("GET", path, "", "Authorization", "Bearer " + KEY);
  }

  /** With the key. */
  Reply post(String path, String body, String... headers) {
    return keyed("POST", path, body, headers);
  }

  /** With the key. */
  Reply put(String path, String body, String... headers) {
    return keyed("PUT", path, body, headers);
  }

  private Reply keyed(String method, String path, String body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Authorization";
    all[1] = "Bearer " + KEY;
    return call(method, path, body, all);
  }

  /** With these headers alone. */
  Reply call(String method, String path, String body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path))
        .timeout(MOST)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response.headers().map().forEach((name, values) -> first.put(name, values.get(0)));
      return new Reply(response.statusCode(), response.body(), first);
    } catch (IOException e) {
      throw new UncheckedIOException("calling " + path, e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
