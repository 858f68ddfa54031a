package io.schedulerworker.app.http;

import io.schedulerworker.model.Texts;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each request, or for those that are no routine, without anything that may be secret: no query, no header, no
 * body. Who is refused gets no more than a handful of lines a second, whoever and however many they are. Written by a
 * thread of its own, so that no request waits for a log that does not move. Thread-safe.
 */
final class RequestLog {
  static final String LOGGER = "io.schedulerworker.request";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final int LONGEST_PATH = 200;
  private static final int LONGEST_METHOD = 20;
  private static final int LEAST_FAILURE = 400;
  private static final Set<Integer> REFUSED = Set.of(401, 403, 429);

  private final LoggedRequests logged;
  private final Executor writer;
  private final Ration refused;
  private final Ration limited;
  private final AtomicInteger lost = new AtomicInteger();

  /** Writes on an executor, which rejects what is too much. */
  RequestLog(LoggedRequests logged, Clock clock, Executor writer) {
    this.logged = logged;
    this.writer = writer;
    this.refused = new Ration(
        clock,
        count ->
            write(() -> LOG.info("and {} requests more that were refused at the time", count)));
    this.limited = new Ration(
        clock,
        count ->
            write(() -> LOG.warn("and {} addresses more with too many failed attempts", count)));
  }

  /** A request has its answer. */
  void answered(Visit visit) {
    if (isLogged(visit) && (!isRefused(visit) || refused.take())) {
      Duration took = visit.took();
      write(() -> log(visit, took));
    }
  }

  private boolean isLogged(Visit visit) {
    return switch (logged) {
      case NONE -> false;
      case CHANGES -> !visit.routine().has(visit.status());
      case ALL -> true;
    };
  }

  /** Whoever has no key can send such without end. */
  private static boolean isRefused(Visit visit) {
    return REFUSED.contains(visit.status())
        || (visit.status() >= LEAST_FAILURE && visit.caller().isEmpty());
  }

  private static void log(Visit visit, Duration took) {
    LOG.atInfo()
        .addKeyValue("durationMs", took.toMillis())
        .addKeyValue("outcome", String.valueOf(visit.status()))
        .log(
            "{} {}: {} in {} ms, by {} from {}",
            Texts.line(visit.method(), LONGEST_METHOD),
            Texts.line(visit.path(), LONGEST_PATH),
            visit.status(),
            took.toMillis(),
            visit.caller().orElse("-"),
            visit.address());
  }

  /** A network has sent so many wrong keys that it is kept waiting from now on. */
  void guesses(Network network) {
    limited(network, "it gets 429, but for keys that it used within the last hour");
  }

  /** A network has sent so many wrong signatures that it is told no more of them. */
  void forges(Network network) {
    limited(network, "its signatures are wrong, and further wrong ones get 429");
  }

  private void limited(Network network, String what) {
    if (limited.take()) {
      write(() -> LOG.warn("too many failed attempts from {}: {}", network, what));
    }
  }

  private void write(Runnable line) {
    try {
      writer.execute(() -> {
        sayWhatIsLost();
        line.run();
      });
    } catch (RejectedExecutionException e) {
      lost.incrementAndGet();
    }
  }

  private void sayWhatIsLost() {
    int count = lost.getAndSet(0);
    if (count > 0) {
      LOG.warn("{} lines about requests are lost: the log is written too slowly", count);
    }
  }
}
