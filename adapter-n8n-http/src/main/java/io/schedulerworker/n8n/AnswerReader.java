package io.schedulerworker.n8n;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Reads an answer's first 64 KB; a longer one is cut there, and its connection closed. */
final class AnswerReader implements BodySubscriber<Answer> {
  static final int MOST = 65_536;

  private final int status;
  private final HttpHeaders headers;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Executor reading;
  private @Nullable Subscription subscription;

  /**
   * Of an answer whose head has been read.
   *
   * @param reading has the client read the body: it does so on the thread on which it is asked to
   */
  AnswerReader(ResponseInfo head, Executor reading) {
    status = head.statusCode();
    headers = head.headers();
    this.reading = reading;
  }

  /** The answer as far as it has come, where no more will. */
  synchronized Answer soFar() {
    return answer(true);
  }

  @Override
  public CompletionStage<Answer> getBody() {
    return answer;
  }

  @Override
  public synchronized void onSubscribe(Subscription source) {
    subscription = source;
    reading.execute(() -> source.request(1));
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> parts) {
    boolean fits = true;
    for (ByteBuffer part : parts) {
      fits &= append(part);
    }
    if (subscription == null) {
      return;
    }
    if (fits) {
      subscription.request(1);
    } else {
      subscription.cancel();
      answer.complete(answer(false));
    }
  }

  private boolean append(ByteBuffer part) {
    byte[] bytes = new byte[Math.min(part.remaining(), MOST - body.size())];
    part.get(bytes);
    body.writeBytes(bytes);
    return !part.hasRemaining();
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  @Override
  public synchronized void onComplete() {
    answer.complete(answer(false));
  }

  private Answer answer(boolean lost) {
    return new Answer(status, headers, body.toString(StandardCharsets.UTF_8), lost);
  }
}
