package io.schedulerworker.app.owner;

import java.net.URI;
import java.util.Map;

/**
 * A call of the API.
 *
 * @param method in capitals
 * @param target path and query, encoded
 * @param headers by name
 * @param body empty for none
 */
public record Call(String method, URI target, Map<String, String> headers, String body) {
  /**
   * Asks for something.
   *
   * @param target path and query, encoded
   * @return a call without a body
   */
  public static Call get(String target) {
    return new Call("GET", URI.create(target), Map.of(), "");
  }

  /**
   * Has something done.
   *
   * @param method in capitals
   * @param target path and query, encoded
   * @param body what is sent along
   * @return a call
   */
  public static Call with(String method, String target, String body) {
    return new Call(method, URI.create(target), Map.of(), body);
  }

  /**
   * The same call with one header.
   *
   * @param name the header's name
   * @param value its value
   * @return a new call
   */
  public Call withHeader(String name, String value) {
    return new Call(method, target, Map.of(name, value), body);
  }
}
