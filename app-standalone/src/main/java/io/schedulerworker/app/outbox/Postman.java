package io.schedulerworker.app.outbox;

import io.schedulerworker.port.Clock;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes single attempts to deliver, with a client and threads of its own. Thread-safe. */
final class Postman {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int THREADS = 4;
  private static final Set<Integer> HEARD_LATER = Set.of(429, 503);

  /** What is said of the letter itself: another moment changes nothing. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 415, 422);

  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(Redirect.NEVER)
      .connectTimeout(CONNECT)
      .executor(threads())
      .build();
  private final String userAgent;
  private final Clock clock;

  Postman(String userAgent, Clock clock) {
    this.userAgent = userAgent;
    this.clock = clock;
  }

  /** They end when there is nothing to do: the JDK's client of Java 17 cannot be closed. */
  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads = new ThreadPoolExecutor(
        THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
          Thread thread = new Thread(work, "outbox-http");
          thread.setDaemon(true);
          return thread;
        });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Completes within seconds, and never exceptionally. */
  CompletionStage<Outcome> post(URI to, String contentType, String body) {
    HttpRequest request = HttpRequest.newBuilder(to)
        .timeout(ANSWER)
        .header("Content-Type", contentType)
        .header("User-Agent", userAgent)
        .POST(BodyPublishers.ofString(body))
        .build();
    CompletableFuture<HttpResponse<Boolean>> sent =
        client.sendAsync(request, head -> new Discarded());
    // The request's own timeout ends with the head of the answer.
    return sent.copy()
        .orTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .handle((answer, failure) -> {
          sent.cancel(true);
          return failure == null ? outcome(answer) : Outcome.failed(problem(failure));
        });
  }

  private Outcome outcome(HttpResponse<?> answer) {
    int status = answer.statusCode();
    Optional<Duration> wait = HEARD_LATER.contains(status)
        ? answer
            .headers()
            .firstValue("Retry-After")
            .flatMap(text -> RetryAfter.parse(text, clock.now()))
        : Optional.empty();
    return new Outcome(status / 100 == 2, REFUSALS.contains(status), "answers " + status, wait);
  }

  /** By its kind alone: its message may have the address in it. */
  private static String problem(Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
      return "does not answer within " + ANSWER.toSeconds() + " s";
    }
    return cause instanceof ConnectException
        ? "refuses connections, or has no such name"
        : "breaks off: " + cause.getClass().getSimpleName();
  }
}
