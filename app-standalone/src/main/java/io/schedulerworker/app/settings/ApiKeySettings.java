package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.node.TextNode;
import io.schedulerworker.app.http.ApiKey;

/**
 * A key of the HTTP API, as it is set.
 *
 * @param name whose it is
 * @param key where the key comes from
 * @param readOnly whether it is good for {@code GET} and {@code HEAD} alone
 * @param place where it stands
 */
public record ApiKeySettings(String name, SecretSource key, boolean readOnly, String place) {
  /** That it is set, without the key. */
  String shown() {
    return "%s = *** (%s%s)".formatted(key.name(), name, readOnly ? ", read-only" : "");
  }

  /**
   * What recognises it.
   *
   * @param text the key as it is now
   * @return the key
   * @throws IllegalArgumentException if it can be none; the message does not show it
   */
  public ApiKey recognised(String text) {
    return ApiKey.of(name, ValueTypes.text(TextNode.valueOf(text)), readOnly);
  }
}
