package io.schedulerworker.kv.redis;

import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a store is: {@code redis://[user:password@]host[:port][/database][?prefix=jobs:]}, {@code rediss://} for TLS.
 *
 * @param uri the server, as the client wants it
 * @param prefix before each key; may be empty
 * @param shown the server for messages, without password
 */
record RedisAddress(RedisURI uri, String prefix, String shown) {
  private static final String PREFIX = "prefix=";
  private static final String FORM =
      "a store in Redis is named like redis://user:password@host:6379/0?prefix=jobs:";

  static RedisAddress parse(String text) {
    URI parsed = syntax(text);
    if (parsed.getHost() == null) {
      throw new IllegalArgumentException(FORM);
    }
    List<String> rest = new ArrayList<>();
    String prefix = "";
    for (String parameter : parameters(parsed)) {
      if (parameter.startsWith(PREFIX)) {
        prefix = parameter.substring(PREFIX.length());
      } else {
        rest.add(parameter);
      }
    }
    return new RedisAddress(client(parsed, rest), prefix, shown(parsed));
  }

  private static URI syntax(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // The cause would show the whole text.
      throw new IllegalArgumentException(FORM);
    }
  }

  private static List<String> parameters(URI uri) {
    return uri.getQuery() == null ? List.of() : List.of(uri.getQuery().split("&"));
  }

  private static RedisURI client(URI parsed, List<String> rest) {
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException(FORM + "; the one parameter is prefix");
    }
    try {
      String withoutQuery = parsed.toString().split("\\?", 2)[0];
      return RedisURI.create(withoutQuery);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(FORM);
    }
  }

  private static String shown(URI uri) {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
