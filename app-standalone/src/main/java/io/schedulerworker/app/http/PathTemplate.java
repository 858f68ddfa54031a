package io.schedulerworker.app.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A path whose segments are literal texts and named parameters. Matches raw paths, nothing decoded or resolved. */
final class PathTemplate {
  private final List<String> segments;

  /** Fails with an {@link IllegalArgumentException} if the text is no template. */
  PathTemplate(String text) {
    if (!text.startsWith("/") || text.endsWith("/")) {
      throw new IllegalArgumentException("a path template is /like/{this}: " + text);
    }
    segments = split(text);
    rejectTwins(text);
  }

  private void rejectTwins(String text) {
    Set<String> names = new HashSet<>();
    for (String segment : segments) {
      if (isParameter(segment) && !names.add(segment)) {
        throw new IllegalArgumentException("two parameters of one name: " + text);
      }
    }
  }

  /**
   * The parameters, still encoded; null if the path is another one. Empty and dot segments are no values: clients and
   * proxies resolve them, each in its own way.
   */
  @Nullable
  Map<String, String> match(String path) {
    List<String> actual = split(path);
    if (!path.startsWith("/") || actual.size() != segments.size()) {
      return null;
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      String value = actual.get(i);
      if (isParameter(segment) && isValue(value)) {
        parameters.put(segment.substring(1, segment.length() - 1), value);
      } else if (!segment.equals(value)) {
        return null;
      }
    }
    return parameters;
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static boolean isValue(String segment) {
    String dots = segment.replace("%2e", ".").replace("%2E", ".");
    return !dots.isEmpty() && !dots.equals(".") && !dots.equals("..");
  }

  private static List<String> split(String path) {
    List<String> parts = new ArrayList<>();
    int start = 1;
    for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', start)) {
      parts.add(path.substring(start, slash));
      start = slash + 1;
    }
    parts.add(path.substring(Math.min(start, path.length())));
    return parts;
  }
}
