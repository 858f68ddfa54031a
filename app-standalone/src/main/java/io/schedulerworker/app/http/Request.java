package io.schedulerworker.app.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** A request that is complete: routed, its key checked, its body read. Immutable. */
public final class Request {
  private final String method;
  private final Map<String, String> pathParameters;
  private final Map<String, List<String>> query;
  private final HttpFields headers;
  private final Optional<String> caller;
  private final Body body;

  Request(
      String method,
      Map<String, String> pathParameters,
      Map<String, List<String>> query,
      HttpFields headers,
      Optional<String> caller,
      Body body) {
    this.method = method;
    this.pathParameters = pathParameters;
    this.query = query;
    this.headers = headers;
    this.caller = caller;
    this.body = body;
  }

  /**
   * What is asked for.
   *
   * @return the method as it came, {@code HEAD} on a route for {@code GET} too
   */
  public String method() {
    return method;
  }

  /**
   * A segment of the path, decoded. It can have any character but is never empty, {@code .} or {@code ..}.
   *
   * @param name a name in the route's template
   * @return the segment
   * @throws IllegalArgumentException if the template has no such name
   */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no parameter " + name);
    }
    return value;
  }

  /**
   * The query, decoded.
   *
   * @return for each name its values in their order, at least one; a name without {@code =} has an empty value
   */
  public Map<String, List<String>> query() {
    return query;
  }

  /**
   * A header. {@code Authorization} is not there: {@link #hasKey()} has read it.
   *
   * @param name the header's name, in any case
   * @return its value, the first if there are several, or null if there is none
   */
  public @Nullable String header(String name) {
    return HttpHeader.AUTHORIZATION.is(name) ? null : headers.get(name);
  }

  /**
   * All values of a header, as {@link #header} has the first.
   *
   * @param name the header's name, in any case
   * @return its values in their order; empty if there are none
   */
  public List<String> headers(String name) {
    return HttpHeader.AUTHORIZATION.is(name) ? List.of() : headers.getValuesList(name);
  }

  /**
   * Whether the request came with a key that is good for it.
   *
   * @return always true on a route for {@link Access#KEY}, always false if a signature lets it in
   */
  public boolean hasKey() {
    return caller.isPresent();
  }

  /**
   * Whose key it came with, for what is written down of it.
   *
   * @return the name of the key, or what stands for it; empty if the request has no key
   */
  public Optional<String> caller() {
    return caller;
  }

  /**
   * What came with the request.
   *
   * @return the body, empty if there was none
   */
  public Body body() {
    return body;
  }
}
