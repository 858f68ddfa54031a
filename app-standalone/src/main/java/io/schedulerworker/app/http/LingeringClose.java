package io.schedulerworker.app.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Follows the last answer of a connection. Closed at once, with bytes from the client unread, the connection would be
 * reset, and the answer could be lost; so for a while they are read and thrown away.
 */
final class LingeringClose implements Callback {
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int BUFFER = 4 << 10;

  private final WatchedEndPoint connection;
  private final Callback done;
  private final ByteBuffer waste = BufferUtil.allocate(BUFFER);
  private boolean answered;

  LingeringClose(WatchedEndPoint connection, Callback done) {
    this.connection = connection;
    this.done = done;
    // Jetty's own reader may not have noticed yet that this is the last answer.
    connection.waste();
    connection.watch(new TimeLimit(LONGEST.toNanos(), connection::close));
  }

  /** The answer is written, or there is something to throw away. */
  @Override
  public void succeeded() {
    if (!answered) {
      answered = true;
      connection.shutdownOutput();
    }
    if (isAtEnd() || !connection.tryFillInterested(this)) {
      done.succeeded();
    }
  }

  private boolean isAtEnd() {
    BufferUtil.clear(waste);
    try {
      return connection.fill(waste) < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void failed(Throwable cause) {
    done.failed(cause);
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
