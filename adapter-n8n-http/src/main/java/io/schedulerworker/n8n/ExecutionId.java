package io.schedulerworker.n8n;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What n8n calls a run of a workflow, as a workflow may answer: {@code {"executionId": "4711"}}, also as the first
 * element of a list. No parser: where several fields of the name stand, at whatever depth, the first counts.
 */
final class ExecutionId {
  private static final String NAME = "\"executionId\"";
  private static final Pattern FIELD =
      Pattern.compile(NAME + "\\s*+:\\s*+(?:\"([A-Za-z0-9_-]{1,100})\"|(\\d{1,100}))\\s*+[,}]");

  private ExecutionId() {}

  /** The id; null if the body does not say or is no JSON. */
  static @Nullable String of(String body) {
    if (!body.contains(NAME)) {
      return null;
    }
    String json = body.stripLeading();
    if (!json.startsWith("{") && !json.startsWith("[")) {
      return null;
    }
    Matcher field = FIELD.matcher(json);
    if (!field.find()) {
      return null;
    }
    return field.group(1) == null ? field.group(2) : field.group(1);
  }
}
