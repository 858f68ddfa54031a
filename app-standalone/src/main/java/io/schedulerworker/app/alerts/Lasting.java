package io.schedulerworker.app.alerts;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What is worth telling only once it has lasted for a while. Thread-safe. */
final class Lasting {
  private final Duration span;
  private final Clock clock;
  private final Map<String, Clock.Timer> begun = new HashMap<>();

  Lasting(Duration span, Clock clock) {
    this.span = span;
    this.clock = clock;
  }

  /**
   * Something begins, unless it has begun already.
   *
   * @param then is run after the span, unless it has ended by then; does not block
   */
  synchronized void begins(String what, Runnable then) {
    begun.computeIfAbsent(what, name -> clock.after(span, () -> reached(name, then)));
  }

  private synchronized void reached(String what, Runnable then) {
    if (begun.containsKey(what)) {
      then.run();
    }
  }

  /** It ends: what should be run then is over, or never runs. */
  synchronized void ends(String what) {
    Clock.Timer timer = begun.remove(what);
    if (timer != null) {
      timer.cancel();
    }
  }

  synchronized void close() {
    begun.values().forEach(Clock.Timer::cancel);
    begun.clear();
  }
}
