package io.schedulerworker.app.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer. Immutable, as long as nobody changes the array that is its body. */
public final class Response {
  private static final byte[] NOTHING = {};

  private final int status;
  private final @Nullable String contentType;
  private final byte[] body;
  private final Map<String, String> headers;

  private Response(
      int status, @Nullable String contentType, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }

  /**
   * An answer with a body.
   *
   * @param status the HTTP status, from 200 to 599
   * @param contentType the body's type
   * @param body the body, not copied
   * @return an answer
   */
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, checked(contentType), body, Map.of());
  }

  /**
   * An answer in JSON.
   *
   * @param status the HTTP status, from 200 to 599
   * @param json the body
   * @return an answer of type {@code application/json}
   */
  public static Response json(int status, String json) {
    return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An answer without a body.
   *
   * @param status the HTTP status, from 200 to 599
   * @return an answer
   */
  public static Response empty(int status) {
    return new Response(status, null, NOTHING, Map.of());
  }

  /**
   * The same answer with a further header, or another value of one.
   *
   * @param name the header's name
   * @param value its value, without control characters
   * @return a new answer
   * @throws IllegalArgumentException if there is a control character
   */
  public Response withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(checked(name), checked(value));
    return new Response(status, contentType, body, Collections.unmodifiableMap(more));
  }

  private static String checked(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a control character in a header");
    }
    return text;
  }

  /**
   * How it went.
   *
   * @return the HTTP status
   */
  public int status() {
    return status;
  }

  /**
   * The body's type.
   *
   * @return the type, or null if there is no body
   */
  public @Nullable String contentType() {
    return contentType;
  }

  /**
   * The headers that were added.
   *
   * @return values by name, unmodifiable
   */
  public Map<String, String> headers() {
    return headers;
  }

  /**
   * What the answer says.
   *
   * @return the body itself, not a copy; empty if there is none
   */
  public byte[] body() {
    return body;
  }
}
