package io.schedulerworker.app.alerts;

import io.schedulerworker.app.alerts.Alert.Topic;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Events: the first of a topic is told at once, those that follow within a while are told as one. Not thread-safe. */
final class EventBook {
  private final Claims claims;
  private final Consumer<Alert> out;
  private final Duration repeatAfter;
  private final Clock clock;
  private final Executor thread;
  private final Map<Topic, Window> open = new HashMap<>();

  /** What came since it was told last. */
  private static final class Window {
    private Alert newest;
    private int more;
    private Clock.Timer timer = () -> {};

    Window(Alert first) {
      newest = first;
    }

    void add(Alert alert) {
      newest = alert;
      more += alert.count();
    }
  }

  /**
   * An empty book.
   *
   * @param out takes what is to be told
   * @param thread on which all of this happens
   */
  EventBook(
      Claims claims, Consumer<Alert> out, Duration repeatAfter, Clock clock, Executor thread) {
    this.claims = claims;
    this.out = out;
    this.repeatAfter = repeatAfter;
    this.clock = clock;
    this.thread = thread;
  }

  void add(Alert alert) {
    Window window = open.get(alert.topic());
    if (window != null) {
      window.add(alert);
      return;
    }
    Window begun = new Window(alert);
    open.put(alert.topic(), begun);
    watch(alert.topic(), begun);
    if (claims.claim(alert) == Claims.Answer.THEIRS) {
      begun.add(alert);
    } else {
      out.accept(alert);
    }
  }

  private void watch(Topic topic, Window window) {
    window.timer = clock.after(repeatAfter, () -> thread.execute(() -> over(topic, window)));
  }

  private void over(Topic topic, Window window) {
    if (window.more == 0) {
      open.remove(topic);
      return;
    }
    // Each process tells of what it has counted; the claim keeps the next first one of others back.
    claims.claim(window.newest);
    out.accept(window.newest.andMore(window.more, clock.now()));
    window.more = 0;
    watch(topic, window);
  }

  void close() {
    open.values().forEach(window -> window.timer.cancel());
    open.clear();
  }
}
