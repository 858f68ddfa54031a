package io.schedulerworker.n8n;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request's body that leaves at most once, and tells whether it did.
 *
 * <p>The JDK's client asks for the body once it has a connection and put the headers on it. So a body of which nobody
 * asked for a byte is a request that cannot have been carried out. And where the client would send a request again by
 * itself (it does, for a POST too, with {@code -Djdk.httpclient.enableAllMethodRetry}), it gets no second body: one
 * attempt, one request.
 */
final class OneShotBody implements BodyPublisher {
  private final BodyPublisher content;
  private final AtomicBoolean taken;

  OneShotBody(byte[] content) {
    this.content = BodyPublishers.ofByteArray(content);
    // Nobody asks for a body of no bytes: whether it was sent cannot be told.
    this.taken = new AtomicBoolean(content.length == 0);
  }

  /** Makes sure that the body never leaves; false if it may have left already. */
  boolean withdraw() {
    return taken.compareAndSet(false, true);
  }

  @Override
  public long contentLength() {
    return content.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    content.subscribe(new BodyGate(subscriber, this::withdraw));
  }
}
