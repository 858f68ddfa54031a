package io.schedulerworker.n8n;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerSettings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, from the call to its outcome. Answer, failure, time-out and {@link #abandon()} all complete
 * {@link #answer}, and the first one counts. What came of an answer before any of them is judged too.
 */
final class Attempt {
  private final HttpRequest request;
  private final OneShotBody body;
  private final TriggerSettings settings;
  private final Wording wording;
  private final InstantSource time;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private volatile @Nullable AnswerReader reader;
  private volatile @Nullable CompletableFuture<?> exchange;

  Attempt(RequestFactory.Call call, TriggerSettings settings, Wording wording, InstantSource time) {
    this.request = call.request();
    this.body = call.body();
    this.settings = settings;
    this.wording = wording;
    this.time = time;
  }

  /** The outcome; starts the attempt's time. Called once. */
  CompletionStage<TriggerOutcome> outcome() {
    return answer
        .orTimeout(settings.responseTimeout().toNanos(), TimeUnit.NANOSECONDS)
        .handle(this::conclude);
  }

  /** Sends the request, unless the attempt is over. May block for a look-up of the host's name. */
  void send(HttpClient client) {
    if (answer.isDone()) {
      return;
    }
    try {
      CompletableFuture<HttpResponse<Answer>> sent = client.sendAsync(request, this::read);
      exchange = sent;
      CompletableFuture<?> unused = sent.whenComplete(this::settle);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    if (answer.isDone()) {
      stopExchange();
    }
  }

  private HttpResponse.BodySubscriber<Answer> read(HttpResponse.ResponseInfo head) {
    AnswerReader started = new AnswerReader(head);
    reader = started;
    return started;
  }

  private void settle(@Nullable HttpResponse<Answer> response, @Nullable Throwable failure) {
    if (response != null) {
      answer.complete(response.body());
    } else if (failure != null) {
      fail(failure);
    }
  }

  /** Ends the attempt where it stands, because the trigger is closed. */
  void abandon() {
    answer.cancel(false);
  }

  /** Ends the attempt where it stands. */
  void fail(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  private TriggerOutcome conclude(@Nullable Answer whole, @Nullable Throwable failure) {
    if (whole != null) {
      return judge(whole);
    }
    boolean unsent = body.withdraw();
    stopExchange();
    AnswerReader begun = reader;
    if (begun != null) {
      return judge(begun.soFar());
    }
    return new FailureVerdict(failure, unsent, wording, settings).outcome();
  }

  private TriggerOutcome judge(Answer known) {
    return new AnswerVerdict(known, wording, time).outcome();
  }

  /**
   * Closes the connection, but not after a whole answer: then it may serve another call. A call that has failed can no
   * longer be cancelled, yet the client leaves a connection open on which it read what is not HTTP; a future derived
   * from the call still reaches it.
   */
  private void stopExchange() {
    CompletableFuture<?> call = exchange;
    if (call != null && (!call.isDone() || call.isCompletedExceptionally())) {
      call.newIncompleteFuture().cancel(true);
    }
  }
}
