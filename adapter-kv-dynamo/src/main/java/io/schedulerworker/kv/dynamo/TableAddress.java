package io.schedulerworker.kv.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is: {@code dynamodb://TABLE?region=&endpoint=&namespace=jobs}.
 *
 * @param table the table's name
 * @param region where it is; empty for the one of the environment
 * @param endpoint who is asked; empty for the region's own
 * @param namespace which of the table's stores
 */
record TableAddress(
    String table, Optional<String> region, Optional<URI> endpoint, String namespace) {
  private static final String FORM =
      "a store in DynamoDB is named like dynamodb://scheduler-worker?region=eu-central-1&namespace=jobs";
  private static final Pattern SYNTAX =
      Pattern.compile("[A-Za-z]+://(?<table>[A-Za-z0-9_.-]{3,255})/?(?:\\?(?<query>.*))?");
  private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Set<String> PARAMETERS = Set.of("region", "endpoint", "namespace");
  private static final String USUAL_NAMESPACE = "default";

  static TableAddress parse(String text) {
    Matcher parts = SYNTAX.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(FORM);
    }
    Map<String, String> parameters = parameters(parts.group("query"));
    return new TableAddress(
        parts.group("table"),
        region(parameters.getOrDefault("region", "")),
        endpoint(parameters.getOrDefault("endpoint", "")),
        namespace(parameters.getOrDefault("namespace", USUAL_NAMESPACE)));
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String each : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = each.split("=", 2);
      if (parts.length < 2 || !PARAMETERS.contains(parts[0])) {
        throw new IllegalArgumentException(
            FORM + "; the parameters are region, endpoint, namespace");
      }
      parameters.put(parts[0], decoded(parts[1]));
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(FORM + "; a percent sign is written %25");
    }
  }

  private static Optional<String> region(String text) {
    if (!text.isEmpty() && !REGION.matcher(text).matches()) {
      throw new IllegalArgumentException(FORM + "; a region is named like eu-central-1");
    }
    return Optional.of(text).filter(region -> !region.isEmpty());
  }

  private static Optional<URI> endpoint(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("https?://[^/?#@\\s]+/?")) {
      throw new IllegalArgumentException(
          FORM + "; an endpoint is a host, as in endpoint=http://localhost:8000");
    }
    return Optional.of(URI.create(text));
  }

  private static String namespace(String text) {
    if (!NAMESPACE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          FORM + "; a namespace is 1 to 255 letters, digits, dots, dashes and underscores");
    }
    return text;
  }

  /** For messages. */
  String shown() {
    return "dynamodb://" + table;
  }
}
