package io.schedulerworker.app.http;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/** Which pages in browsers may call the API: none but those of origins that are named. As the Fetch standard has it. */
final class Cors {
  static final String RESOURCE_POLICY = "Cross-Origin-Resource-Policy";

  private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, "Origin");
  private static final String REQUEST_METHOD = "Access-Control-Request-Method";
  private static final String ALLOWED_HEADERS =
      "Authorization, Content-Type, If-Match, Idempotency-Key";
  private static final String MAX_AGE_SECONDS = "600";

  private final Map<String, List<HttpField>> headers;

  Cors(Collection<String> origins) {
    headers = origins.stream()
        .distinct()
        .collect(Collectors.toUnmodifiableMap(Function.identity(), Cors::headers));
  }

  private static List<HttpField> headers(String origin) {
    return List.of(
        VARY,
        new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin),
        new PreEncodedHttpField("Access-Control-Expose-Headers", "ETag, Location, Retry-After"),
        new PreEncodedHttpField(RESOURCE_POLICY, "cross-origin"));
  }

  /** What the answer to a request says besides, whatever it is. */
  List<HttpField> headersFor(HttpFields request) {
    if (headers.isEmpty()) {
      return List.of();
    }
    return headers.getOrDefault(origin(request), List.of(VARY));
  }

  /** The answer to a browser that asks whether it may send a request; null if it asks no such thing, or may not. */
  @Nullable
  Response preflight(String method, HttpFields request, Set<String> methodsOfPath) {
    boolean asks = method.equals("OPTIONS") && request.contains(REQUEST_METHOD);
    if (!asks || methodsOfPath.isEmpty() || !headers.containsKey(origin(request))) {
      return null;
    }
    return Response.empty(204)
        .withHeader("Access-Control-Allow-Methods", String.join(", ", methodsOfPath))
        .withHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS)
        .withHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
  }

  /** Empty, which is no origin, unless there is one header. */
  private static String origin(HttpFields request) {
    List<String> origins = request.getValuesList(HttpHeader.ORIGIN);
    return origins.size() == 1 ? origins.get(0) : "";
  }
}
