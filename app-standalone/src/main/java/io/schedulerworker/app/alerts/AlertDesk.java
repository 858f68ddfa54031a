package io.schedulerworker.app.alerts;

import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what happens from any thread at once, and decides on one of its own what is told. Thread-safe. */
final class AlertDesk implements Conditions {
  private static final Logger LOG = LoggerFactory.getLogger(AlertDesk.class);

  /** Far more than can come while a store is asked. */
  private static final int MOST_AT_HAND = 10_000;

  private final AlertRules rules;
  private final Clock clock;
  private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
      1,
      1,
      10,
      TimeUnit.SECONDS,
      new LinkedBlockingQueue<>(MOST_AT_HAND),
      AlertDesk::thread,
      AlertDesk::refused);
  private final ConditionBook conditions;
  private final EventBook events;

  AlertDesk(
      AlertRules rules, Claims ofConditions, Claims ofEvents, Consumer<Alert> out, Clock clock) {
    this.rules = rules;
    this.clock = clock;
    this.thread.allowCoreThreadTimeOut(true);
    Executor guarded = this::execute;
    this.conditions = new ConditionBook(ofConditions, out, rules.repeatAfter(), clock, guarded);
    this.events = new EventBook(ofEvents, out, rules.repeatAfter(), clock, guarded);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "alerts");
    thread.setDaemon(true);
    return thread;
  }

  private static void refused(Runnable work, ThreadPoolExecutor thread) {
    if (!thread.isShutdown()) {
      LOG.error("an alert is lost: more than {} are at hand", MOST_AT_HAND);
    }
  }

  private void execute(Runnable work) {
    thread.execute(() -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.error("this is a defect in Scheduler Worker, please report it", e);
      }
    });
  }

  /** Tells of an event, or of several at once. Does not block. */
  void event(
      AlertKind kind,
      Severity severity,
      String subject,
      String summary,
      @Nullable TraceId traceId,
      int count) {
    if (rules.on().contains(kind)) {
      Alert alert = Alert.event(kind, severity, subject, summary, traceId, count, clock.now());
      execute(() -> events.add(alert));
    }
  }

  @Override
  public void raise(AlertKind kind, String subject, Severity severity, String summary) {
    if (!kind.isCondition()) {
      throw new IllegalArgumentException(kind.text() + " is an event, and no condition");
    }
    if (rules.on().contains(kind)) {
      Alert alert = Alert.condition(kind, severity, subject, summary, clock.now());
      execute(() -> conditions.raise(alert));
    }
  }

  @Override
  public void resolve(AlertKind kind, String subject) {
    Alert.Topic topic = Alert.topicOf(kind, subject);
    execute(() -> conditions.resolve(topic));
  }

  /** Decides about what is at hand, for a while at most, and about nothing more. */
  void close(Duration most) {
    execute(conditions::close);
    execute(events::close);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
