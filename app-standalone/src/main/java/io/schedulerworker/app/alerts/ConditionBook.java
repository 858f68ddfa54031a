package io.schedulerworker.app.alerts;

import io.schedulerworker.app.alerts.Alert.Topic;
import io.schedulerworker.app.alerts.Claims.Answer;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Conditions: told once by one of several processes, again after a while, and when they are over. Not thread-safe. */
final class ConditionBook {
  private final Claims claims;
  private final Consumer<Alert> out;
  private final Duration repeatAfter;
  private final Clock clock;
  private final Executor thread;
  private final Map<Topic, Raised> raised = new HashMap<>();

  /** What is the matter. */
  private static final class Raised {
    private Alert newest;
    private Answer teller = Answer.NONE;
    private Clock.Timer timer = () -> {};

    Raised(Alert alert) {
      newest = alert;
    }
  }

  /**
   * An empty book.
   *
   * @param out takes what is to be told
   * @param thread on which all of this happens
   */
  ConditionBook(
      Claims claims, Consumer<Alert> out, Duration repeatAfter, Clock clock, Executor thread) {
    this.claims = claims;
    this.out = out;
    this.repeatAfter = repeatAfter;
    this.clock = clock;
    this.thread = thread;
  }

  void raise(Alert alert) {
    Raised before = raised.get(alert.topic());
    if (before != null) {
      before.newest = alert;
      return;
    }
    Raised now = new Raised(alert);
    raised.put(alert.topic(), now);
    tell(alert.topic(), now);
  }

  private void tell(Topic topic, Raised condition) {
    condition.teller = isShared(topic) ? teller(condition) : Answer.NONE;
    if (condition.teller != Answer.THEIRS) {
      out.accept(condition.newest.at(clock.now()));
    }
    condition.timer = clock.after(repeatAfter, () -> thread.execute(() -> again(topic, condition)));
  }

  private Answer teller(Raised condition) {
    return condition.teller == Answer.OURS
        ? claims.renew(condition.newest)
        : claims.claim(condition.newest);
  }

  private void again(Topic topic, Raised condition) {
    if (raised.get(topic) == condition) {
      tell(topic, condition);
    }
  }

  void resolve(Topic topic) {
    Raised condition = raised.remove(topic);
    if (condition == null) {
      return;
    }
    condition.timer.cancel();
    Answer release = isShared(topic) ? claims.release(topic) : Answer.OURS;
    // What was told without a claim may have been told by nobody else.
    if (condition.teller == Answer.NONE || release != Answer.THEIRS) {
      out.accept(condition.newest.resolved(clock.now()));
    }
  }

  /** Whether other processes see the same. */
  private static boolean isShared(Topic topic) {
    return topic.kind().about() != AlertKind.About.PROCESS;
  }

  void close() {
    raised.values().forEach(condition -> condition.timer.cancel());
    raised.clear();
  }
}
