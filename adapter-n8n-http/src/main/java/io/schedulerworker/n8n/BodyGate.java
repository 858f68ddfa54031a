package io.schedulerworker.n8n;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a body and the client: lets it pass if, at the client's first request for a part of it, it may.
 *
 * <p>To subscribe is not yet such a request: the client subscribes on a kept connection, too, that the other side has
 * just closed, and cancels before it asked for anything.
 */
final class BodyGate implements Subscriber<ByteBuffer>, Subscription {
  private final Subscriber<? super ByteBuffer> client;
  private final BooleanSupplier mayPass;
  private @Nullable Subscription content;
  private volatile boolean passed;
  private volatile boolean cancelled;

  BodyGate(Subscriber<? super ByteBuffer> client, BooleanSupplier mayPass) {
    this.client = client;
    this.mayPass = mayPass;
  }

  @Override
  public void onSubscribe(Subscription source) {
    content = source;
    client.onSubscribe(this);
  }

  @Override
  public void request(long parts) {
    if (cancelled || content == null) {
      return;
    }
    if (!passed && !mayPass.getAsBoolean()) {
      cancel();
      client.onError(new IOException("a request is sent once only"));
      return;
    }
    passed = true;
    content.request(parts);
  }

  @Override
  public void cancel() {
    cancelled = true;
    if (content != null) {
      content.cancel();
    }
  }

  @Override
  public void onNext(ByteBuffer part) {
    client.onNext(part);
  }

  @Override
  public void onError(Throwable failure) {
    client.onError(failure);
  }

  @Override
  public void onComplete() {
    client.onComplete();
  }
}
