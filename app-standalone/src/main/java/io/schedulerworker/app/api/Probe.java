package io.schedulerworker.app.api;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks something that may hang. One question is under way at a time, whoever wants to know waits for that one, though not
 * for long, and an answer is good for a while: so whatever hangs costs one thread, and many who ask cost one question.
 * Thread-safe.
 *
 * @param <T> what the answer is
 */
final class Probe<T> {
  /** How long anybody waits; less than the two seconds that health has. */
  static final Duration PATIENCE = Duration.ofMillis(1_500);

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Callable<T> question;
  private final Executor threads;
  private final Clock clock;
  private @Nullable CompletableFuture<Answer<T>> underWay;
  private long askedAt;
  private Answer<T> last = Answer.failed("no answer yet");
  private Optional<T> known = Optional.empty();
  private boolean hasLast;
  private long answeredAt;

  /** What came of asking: a value, or why there is none. */
  record Answer<T>(Optional<T> value, Optional<Failure> failure) {
    static <T> Answer<T> of(T value) {
      return new Answer<>(Optional.of(value), Optional.empty());
    }

    static <T> Answer<T> failed(String reason) {
      return new Answer<>(Optional.empty(), Optional.of(new Failure(reason)));
    }

    boolean isFailure() {
      return failure.isPresent();
    }
  }

  /** Why there is no value, in words. */
  record Failure(String reason) {}

  Probe(Callable<T> question, Executor threads, Clock clock) {
    this.question = question;
    this.threads = threads;
    this.clock = clock;
  }

  /** The answer, within {@link #PATIENCE}. */
  synchronized CompletionStage<Answer<T>> ask() {
    long now = clock.nanoTime();
    if (hasLast && now - answeredAt < FRESH.toNanos()) {
      return CompletableFuture.completedStage(last);
    }
    CompletableFuture<Answer<T>> asked = underWay;
    if (asked == null) {
      asked = begin(now);
    }
    long left = PATIENCE.toNanos() - (now - askedAt);
    return left <= 0
        ? CompletableFuture.completedStage(slow())
        : asked.copy().completeOnTimeout(slow(), left, TimeUnit.NANOSECONDS);
  }

  /** The last value there was, however old. */
  synchronized Optional<T> lastKnown() {
    return known;
  }

  private CompletableFuture<Answer<T>> begin(long now) {
    CompletableFuture<Answer<T>> asked = new CompletableFuture<>();
    underWay = asked;
    askedAt = now;
    threads.execute(() -> {
      Answer<T> answer = answer();
      keep(answer);
      asked.complete(answer);
    });
    return asked;
  }

  private Answer<T> answer() {
    try {
      return Answer.of(question.call());
    } catch (Exception | Error e) {
      // Also what ends this answer must not end all further ones.
      return Answer.failed(String.valueOf(e.getMessage()));
    }
  }

  private synchronized void keep(Answer<T> answer) {
    last = answer;
    known = answer.value().or(() -> known);
    hasLast = true;
    answeredAt = clock.nanoTime();
    underWay = null;
  }

  private static <T> Answer<T> slow() {
    return Answer.failed("no answer within " + PATIENCE.toMillis() + " ms");
  }
}
