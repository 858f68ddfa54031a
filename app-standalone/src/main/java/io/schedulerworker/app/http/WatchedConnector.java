package io.schedulerworker.app.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Listens, and has its connections watched. */
final class WatchedConnector extends ServerConnector {
  private static final int ACCEPTORS = 1;
  private static final int SELECTORS = 1;
  private static final int BACKLOG = 1_024;

  private final Limits limits;

  WatchedConnector(Server server, Limits limits, HttpConnectionFactory http) {
    super(server, null, null, null, ACCEPTORS, SELECTORS, http);
    this.limits = limits;
    setAcceptQueueSize(BACKLOG);
    setIdleTimeout(limits.idleTime().toMillis());
  }

  /** Part of its threads' names. */
  @Override
  public String toString() {
    return "listener";
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    return new WatchedEndPoint(channel, selector, key, getScheduler(), limits);
  }

  @Override
  protected void onEndPointOpened(EndPoint connection) {
    super.onEndPointOpened(connection);
    if (getConnectedEndPoints().size() > limits.connections()) {
      makeRoom();
    }
  }

  /** Closes those that have been silent for longest, a tenth of all, so that it need not be done at once again. */
  private void makeRoom() {
    getConnectedEndPoints().stream()
        .filter(WatchedEndPoint.class::isInstance)
        .map(WatchedEndPoint.class::cast)
        .filter(WatchedEndPoint::isWaitedFor)
        .map(each -> new Waiting(each, each.getIdleFor()))
        .sorted(Comparator.comparingLong(Waiting::millis).reversed())
        .limit(1 + limits.connections() / 10)
        .forEach(each -> each.connection().close());
  }

  /** For how long, read once: sorting wants values that stay. */
  private record Waiting(WatchedEndPoint connection, long millis) {}
}
