package io.schedulerworker.app.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code a=1&b=2}. */
final class QueryString {
  private QueryString() {}

  /** Names and values in the order of the text; a {@link ProblemException} with 400 if the encoding is broken. */
  static Map<String, List<String>> parse(@Nullable String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (query == null) {
      return parameters;
    }
    int start = 0;
    while (start <= query.length()) {
      int end = query.indexOf('&', start);
      int stop = end < 0 ? query.length() : end;
      if (stop > start) {
        add(parameters, query.substring(start, stop));
      }
      start = stop + 1;
    }
    return parameters;
  }

  private static void add(Map<String, List<String>> parameters, String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    parameters.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
  }

  private static String decode(String text) {
    return PercentEncoding.decode(text.replace('+', ' '));
  }
}
