package io.schedulerworker.app.outbox;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Throws an answer's body away, and does not hear a long one to its end. */
final class Discarded implements BodySubscriber<Boolean> {
  private static final long MOST = 64 << 10;

  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private @Nullable Subscription subscription;
  private long seen;

  @Override
  public CompletionStage<Boolean> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    seen += part.stream().mapToLong(ByteBuffer::remaining).sum();
    if (seen > MOST && subscription != null) {
      subscription.cancel();
      done.complete(true);
    }
  }

  /** The status has been read, and it alone counts. */
  @Override
  public void onError(Throwable failure) {
    done.complete(false);
  }

  @Override
  public void onComplete() {
    done.complete(true);
  }
}
