package io.schedulerworker.app.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an operator should look at, by topic; health shows it. Thread-safe. */
public final class Warnings {
  private final Map<String, List<String>> byTopic = new TreeMap<>();

  /** None yet. */
  public Warnings() {}

  /**
   * Replaces what is said of a topic.
   *
   * @param topic what it is about
   * @param texts one line each; none: all is well with it
   * @return true if that is news
   */
  public synchronized boolean set(String topic, List<String> texts) {
    List<String> before =
        texts.isEmpty() ? byTopic.remove(topic) : byTopic.put(topic, List.copyOf(texts));
    return !texts.equals(before == null ? List.of() : before);
  }

  /**
   * All there is to say.
   *
   * @return one line each, in the order of their topics
   */
  public synchronized List<String> all() {
    List<String> all = new ArrayList<>();
    byTopic.values().forEach(all::addAll);
    return all;
  }
}
