package io.schedulerworker.app.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/** Looks at all connections again and again, and ends what has been under way for too long. */
final class Watchdog implements Runnable {
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final ServerConnector connector;
  private final Scheduler timer;
  private final long pause;

  Watchdog(ServerConnector connector, Limits limits) {
    this.connector = connector;
    this.timer = connector.getScheduler();
    this.pause = Math.min(LONGEST_PAUSE, limits.shortestTime().toNanos() / 4);
  }

  @Override
  public void run() {
    try {
      sweep(System.nanoTime());
    } finally {
      timer.schedule(this, pause, TimeUnit.NANOSECONDS);
    }
  }

  private void sweep(long now) {
    for (EndPoint connection : connector.getConnectedEndPoints()) {
      if (connection instanceof WatchedEndPoint watched) {
        watched.endIfOver(now);
      }
    }
  }
}
