package io.schedulerworker.n8n;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerSettings;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, from the call to its outcome. Answer, failure, time-out and {@link #abandon()} all end it, and the first
 * one counts. What came of an answer before any of them is judged too.
 */
final class Attempt {
  private static final Duration PUT_OFF = Duration.ofSeconds(1);

  private final RequestFactory.Call call;
  private final TriggerSettings settings;
  private final Wording wording;
  private final InstantSource time;
  private final Target target;
  private final int clientNumber;
  private final InFlight inFlight;
  private final Executor apart;
  private final long began = System.nanoTime();
  private final AtomicBoolean over = new AtomicBoolean();
  private final CompletableFuture<TriggerOutcome> outcome = new CompletableFuture<>();
  private volatile @Nullable AnswerReader reader;
  private volatile @Nullable Thread sendingThread;
  private volatile @Nullable Thread readingThread;
  private volatile Runnable whenHung = () -> {};
  private volatile @Nullable CompletableFuture<?> exchange;

  /**
   * Starts the attempt's time. The target and those in flight are told when it ends.
   *
   * @param apart runs what may never end
   */
  Attempt(
      RequestFactory.Call call,
      TriggerSettings settings,
      Wording wording,
      InstantSource time,
      Target target,
      InFlight inFlight,
      Executor apart) {
    this.call = call;
    this.settings = settings;
    this.wording = wording;
    this.time = time;
    this.target = target;
    this.clientNumber = target.spread().enter();
    this.inFlight = inFlight;
    this.apart = apart;
  }

  /** One's own would be made by the JVM at some expense, for every attempt. */
  @Override
  public int hashCode() {
    return Long.hashCode(began);
  }

  /** Itself alone. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  CompletionStage<TriggerOutcome> outcome() {
    return outcome;
  }

  /** The number of the client that is to make the call. */
  int clientNumber() {
    return clientNumber;
  }

  boolean isOver() {
    return over.get();
  }

  /** Sends the request, unless the attempt is over. May block for a look-up of the host's name. */
  void send(HttpClient client) {
    if (isOver()) {
      return;
    }
    try {
      sendingThread = Thread.currentThread();
      CompletableFuture<HttpResponse<Answer>> sent = client.sendAsync(call.signed(), this::read);
      exchange = sent;
      CompletableFuture<?> unused = sent.whenComplete(this::settle);
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      sendingThread = null;
    }
    if (isOver()) {
      stopExchange();
    }
  }

  private HttpResponse.BodySubscriber<Answer> read(HttpResponse.ResponseInfo head) {
    // An answer that is there already is read by whoever sends, whom it must not keep.
    Executor reading = Thread.currentThread() == sendingThread ? apart : Runnable::run;
    AnswerReader started =
        new AnswerReader(head, request -> reading.execute(() -> readHere(request)));
    reader = started;
    return started;
  }

  private void readHere(Runnable request) {
    readingThread = Thread.currentThread();
    request.run();
  }

  private void settle(@Nullable HttpResponse<Answer> response, @Nullable Throwable failure) {
    if (response != null) {
      end(() -> judge(response.body()));
    } else if (failure != null) {
      fail(failure);
    }
  }

  /** Ends the attempt where it stands, because the trigger is closed. */
  void abandon() {
    fail(new CancellationException());
  }

  /** Ends the attempt where it stands, if it began so long ago. */
  void endIfOlder(long nanos, long now) {
    if (now - began >= nanos) {
      Thread reading = readingThread;
      if (reading != null && !isOver() && HungReaders.isHung(reading)) {
        whenHung.run();
      }
      fail(new TimeoutException());
    }
  }

  /** Has somebody told, before it ends, that it has hung the client. */
  void whenHung(Runnable task) {
    whenHung = task;
  }

  /** Ends the attempt before it was sent, for good. */
  void refuse(String reason) {
    endUnsent(new TriggerOutcome.Refused(wording.of(reason), null));
  }

  /** Ends the attempt before it was sent, for a reason that is not its host's. */
  void putOff(String reason) {
    endUnsent(new NotNow(Obstacle.BUSY, wording.of(reason), null, PUT_OFF));
  }

  private void endUnsent(TriggerOutcome unsent) {
    if (over.compareAndSet(false, true)) {
      leave();
      target.breaker().notCalled();
      outcome.complete(unsent);
    }
  }

  /** Ends the attempt where it stands. */
  void fail(Throwable failure) {
    end(() -> judge(failure));
  }

  private void end(Supplier<TriggerOutcome> judgement) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    leave();
    try {
      TriggerOutcome judged = judgement.get();
      target.breaker().ended(judged, Duration.ofNanos(System.nanoTime() - began));
      outcome.complete(judged);
    } catch (RuntimeException | Error e) {
      target.breaker().failed(wording.of("gave an answer that nobody can judge"));
      outcome.completeExceptionally(e);
    }
  }

  private void leave() {
    inFlight.remove(this);
    target.spread().leave(clientNumber);
  }

  private TriggerOutcome judge(Answer known) {
    return new AnswerVerdict(known, wording, time).outcome();
  }

  private TriggerOutcome judge(Throwable failure) {
    boolean unsent = call.body().withdraw();
    stopExchange();
    AnswerReader begun = reader;
    if (begun != null) {
      return judge(begun.soFar());
    }
    return new FailureVerdict(failure, unsent, wording, settings).outcome();
  }

  /**
   * Closes the connection, but not after a whole answer: then it may serve another call. A call that has failed can no
   * longer be cancelled, yet the client leaves a connection open on which it read what is not HTTP; a future derived
   * from the call still reaches it.
   */
  private void stopExchange() {
    CompletableFuture<?> sent = exchange;
    if (sent != null && (!sent.isDone() || sent.isCompletedExceptionally())) {
      sent.newIncompleteFuture().cancel(true);
    }
  }
}
