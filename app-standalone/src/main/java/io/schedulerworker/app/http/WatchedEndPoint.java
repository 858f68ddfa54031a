package io.schedulerworker.app.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection each phase of which ends in time: head, body, answer. Jetty's own idle timeout begins anew with every
 * byte, so that a byte a second would hold a connection for ever.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {
  private static final Watch SILENT = new Unbounded();
  private static final Watch HANDLED = new Unbounded();
  private static final Watch ENDED = new Unbounded();

  private final long headNanos;
  private volatile Watch watch = SILENT;
  private volatile boolean wasting;

  WatchedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Limits limits) {
    super(channel, selector, key, scheduler);
    this.headNanos = limits.headTime().toNanos();
    setIdleTimeout(limits.idleTime().toMillis());
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int filled = super.fill(buffer);
    if (filled > 0 && watch == SILENT) {
      change(SILENT, new Head(System.nanoTime()));
    }
    return filled;
  }

  /** From now on what comes is thrown away: whoever else still waits for it waits in vain. */
  void waste() {
    wasting = true;
  }

  @Override
  public void fillInterested(Callback callback) {
    if (!wasting) {
      super.fillInterested(callback);
    }
  }

  /** The head is complete; false if that is too late, because the client has been told so. */
  synchronized boolean headComplete() {
    if (watch == ENDED) {
      return false;
    }
    watch = HANDLED;
    return true;
  }

  /** A part of the request or the answer is under way. */
  synchronized void watch(Watch next) {
    watch = next;
  }

  /** The request is there, the answer not yet: that takes as long as it takes. */
  void handled() {
    watch(HANDLED);
  }

  /** The answer is gone, the next request may come. */
  void silent() {
    watch(SILENT);
  }

  /** Whether it is between requests, or has sent a part of a head at most. */
  boolean isWaitedFor() {
    Watch current = watch;
    return current == SILENT || current instanceof Head;
  }

  void endIfOver(long now) {
    Watch current = watch;
    if (current.isOver(now)) {
      current.end();
    }
  }

  private synchronized boolean change(Watch from, Watch to) {
    boolean isFrom = watch == from;
    if (isFrom) {
      watch = to;
    }
    return isFrom;
  }

  private static final class Unbounded implements Watch {
    @Override
    public boolean isOver(long now) {
      return false;
    }

    @Override
    public void end() {}
  }

  private final class Head implements Watch {
    private final long start;

    Head(long start) {
      this.start = start;
    }

    @Override
    public boolean isOver(long now) {
      return now - start > headNanos;
    }

    @Override
    public void end() {
      if (!change(this, ENDED)) {
        return;
      }
      try {
        flush(LateHead.answer());
      } catch (IOException e) {
        // The client is gone: there is nobody to tell.
      } finally {
        close();
      }
    }
  }
}
