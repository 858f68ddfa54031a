package io.schedulerworker.app.alerts;

import io.schedulerworker.model.Texts;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks a store now and then whether it is there. One question is under way at a time: a store that hangs costs one
 * thread. Thread-safe.
 */
final class StoreWatch {
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final String name;
  private final Runnable question;
  private final Duration most;
  private final Conditions conditions;
  private final Executor threads;
  private final Clock clock;

  private boolean asking;
  private boolean closed;
  private long askedAt;
  private @Nullable Long awaySince;
  private Clock.@Nullable Timer timer;

  /**
   * A watch that does not look yet.
   *
   * @param name the store's, for people
   * @param question fails if the store is out of reach; may block
   * @param most how long it may be out of reach
   */
  StoreWatch(
      String name,
      Runnable question,
      Duration most,
      Conditions conditions,
      Executor threads,
      Clock clock) {
    this.name = name;
    this.question = question;
    this.most = most;
    this.conditions = conditions;
    this.threads = threads;
    this.clock = clock;
  }

  /** Asks now, and again and again from now on. */
  synchronized void start() {
    if (closed) {
      return;
    }
    if (asking) {
      away("it does not answer");
    } else {
      asking = true;
      askedAt = clock.nanoTime();
      threads.execute(this::ask);
    }
    timer = clock.after(EVERY, this::start);
  }

  private void ask() {
    try {
      question.run();
      answered();
    } catch (RuntimeException | Error e) {
      failed(String.valueOf(e.getMessage()));
    }
  }

  private synchronized void answered() {
    asking = false;
    if (awaySince != null) {
      awaySince = null;
      conditions.resolve(AlertKind.STORE_AWAY, name);
    }
  }

  private synchronized void failed(String why) {
    asking = false;
    away(why);
  }

  /** Since the first question that nobody has answered. */
  private void away(String why) {
    long since = awaySince == null ? askedAt : awaySince;
    awaySince = since;
    Duration span = Duration.ofNanos(clock.nanoTime() - since);
    if (!closed && span.compareTo(most) >= 0) {
      conditions.raise(
          AlertKind.STORE_AWAY,
          name,
          Severity.CRITICAL,
          "%s has been out of reach for %s: %s".formatted(name, Texts.span(span), why));
    }
  }

  synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }
}
