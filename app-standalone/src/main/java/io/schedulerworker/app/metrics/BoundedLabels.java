package io.schedulerworker.app.metrics;

import io.schedulerworker.model.Texts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Label values of one kind, which come from registries and settings: the first ones as they are, but bounded and on one
 * line, and {@value #OTHER} for all that come after them. However many there are, metrics stay small. Thread-safe.
 */
final class BoundedLabels {
  static final String OTHER = "other";

  private static final int MOST = 100;
  private static final int LONGEST = 100;

  private final Map<String, String> known = new ConcurrentHashMap<>();

  String of(String value) {
    String label = known.get(value);
    return label != null ? label : admit(value);
  }

  private synchronized String admit(String value) {
    return known.size() < MOST
        ? known.computeIfAbsent(value, each -> Texts.line(each, LONGEST))
        : known.getOrDefault(value, OTHER);
  }
}
