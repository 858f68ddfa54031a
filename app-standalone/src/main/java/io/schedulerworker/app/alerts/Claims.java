package io.schedulerworker.app.alerts;

import io.schedulerworker.app.alerts.Alert.Topic;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles by JOBS_KV which of several processes tells something. A store that does not answer settles nothing: better
 * told twice than never. Blocks for a second or so at most. Not thread-safe.
 */
final class Claims {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
  private static final String PREFIX = "alert:";
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A store that has just failed would hold up each alert of many. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final KvStore jobs;
  private final Executor threads;
  private final Clock clock;
  private final Ttl life;
  private final Set<Topic> unreleased = new HashSet<>();
  private Optional<Long> failedAt = Optional.empty();

  /** Who tells it. */
  enum Answer {
    /** This process does. */
    OURS,
    /** Another one has, or has just said that it is over. */
    THEIRS,
    /** Nobody knows. */
    NONE
  }

  /**
   * Claims on a store.
   *
   * @param life how long a claim holds if nobody gives it back
   */
  Claims(KvStore jobs, Executor threads, Clock clock, Duration life) {
    this.jobs = jobs;
    this.threads = threads;
    this.clock = clock;
    this.life = Ttl.of(life);
  }

  /** Claims to tell something. */
  Answer claim(Alert alert) {
    Topic topic = alert.topic();
    String key = key(topic);
    String note = AlertJson.note(alert);
    if (unreleased.contains(topic)) {
      return ask(deadline -> jobs.put(key, note, life, deadline))
          .map(version -> {
            unreleased.remove(topic);
            return Answer.OURS;
          })
          .orElse(Answer.NONE);
    }
    return ask(deadline -> jobs.putIfAbsent(key, note, life, deadline).isPresent())
        .map(Claims::answer)
        .orElse(Answer.NONE);
  }

  /** Goes on telling something that this process has told. */
  Answer renew(Alert alert) {
    String note = AlertJson.note(alert);
    return ask(deadline -> jobs.put(key(alert.topic()), note, life, deadline))
        .map(version -> Answer.OURS)
        .orElse(Answer.NONE);
  }

  /** Gives back a claim, whoever made it: one of those that do so says that it is over. */
  Answer release(Topic topic) {
    String key = key(topic);
    Answer answer = ask(deadline -> {
          Optional<KvEntry> entry = jobs.get(key, deadline);
          return entry
              .map(found -> jobs.deleteIfUnchanged(key, found.version(), deadline))
              .orElse(false);
        })
        .map(Claims::answer)
        .orElse(Answer.NONE);
    if (answer == Answer.NONE) {
      unreleased.add(topic);
    }
    return answer;
  }

  private static Answer answer(boolean first) {
    return first ? Answer.OURS : Answer.THEIRS;
  }

  private <T> Optional<T> ask(Function<Deadline, T> question) {
    long now = clock.nanoTime();
    if (failedAt.filter(moment -> now - moment < PAUSE.toNanos()).isPresent()) {
      return Optional.empty();
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    threads.execute(() -> {
      try {
        answer.complete(question.apply(Deadline.in(PATIENCE, clock)));
      } catch (RuntimeException | Error e) {
        answer.completeExceptionally(e);
      }
    });
    return await(answer);
  }

  private <T> Optional<T> await(CompletableFuture<T> answer) {
    try {
      Optional<T> given = Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      failedAt = Optional.empty();
      return given;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("JOBS_KV does not say who sends an alert: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    failedAt = Optional.of(clock.nanoTime());
    return Optional.empty();
  }

  private static String key(Topic topic) {
    String text = topic.kind().text() + "\n" + topic.subject() + "\n" + topic.severity();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return PREFIX + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
