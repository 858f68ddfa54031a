package io.schedulerworker.app.http;

import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/** Reads a body as it comes, and holds no thread while none does. */
final class BodyReader implements Watch {
  private final org.eclipse.jetty.server.Request request;
  private final Limits limits;
  private final int maxBody;
  private final BodyBuffer buffer;
  private final Consumer<Body> complete;
  private final Consumer<Response> refused;
  private final long start = System.nanoTime();
  private final Runnable more = Invocable.from(InvocationType.NON_BLOCKING, this::read);
  private volatile int received;
  private boolean over;

  BodyReader(
      org.eclipse.jetty.server.Request request,
      Limits limits,
      int maxBody,
      BodyBuffer buffer,
      Consumer<Body> complete,
      Consumer<Response> refused) {
    this.request = request;
    this.limits = limits;
    this.maxBody = maxBody;
    this.buffer = buffer;
    this.complete = complete;
    this.refused = refused;
  }

  /** Begins to read, and in time calls one of the two consumers, once. */
  void begin() {
    if (request.getLength() > maxBody) {
      refused.accept(Errors.tooLarge(maxBody).toResponse());
    } else {
      read();
    }
  }

  private void read() {
    Runnable end;
    synchronized (this) {
      if (over) {
        return;
      }
      end = advance();
      over |= end != null;
    }
    if (end != null) {
      end.run();
    }
  }

  /** What follows, if all has come or no more is wanted; null if more will come. */
  private @Nullable Runnable advance() {
    while (true) {
      Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(more);
        return null;
      }
      if (Chunk.isFailure(chunk)) {
        return refuse(Errors.of(status(chunk.getFailure())).toResponse());
      }
      Runnable end = take(chunk);
      if (end != null) {
        return end;
      }
    }
  }

  private @Nullable Runnable take(Chunk chunk) {
    try {
      if (buffer.exceeds(chunk.remaining())) {
        return refuse(Errors.tooLarge(maxBody).toResponse());
      }
      if (!buffer.append(chunk.getByteBuffer())) {
        return refuse(Errors.busy("too many bodies are being read; try again later"));
      }
      received = buffer.size();
      return chunk.isLast() ? () -> complete.accept(buffer.toBody()) : null;
    } finally {
      chunk.release();
    }
  }

  private Runnable refuse(Response answer) {
    return () -> refused.accept(answer);
  }

  private static int status(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return 408;
    }
    return failure instanceof HttpException http ? http.getCode() : 400;
  }

  @Override
  public boolean isOver(long now) {
    return now - start > limits.transferNanos(received);
  }

  /** Wakes the reader, so that it answers: nobody else may while it waits for more. */
  @Override
  public synchronized void end() {
    if (!over) {
      request.fail(new TimeoutException("the body comes too slowly"));
    }
  }
}
