package io.schedulerworker.app.http;

import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Callback;

/**
 * Takes requests over from Jetty. Each goes on by a thread of its lane, also those that are answered at once: a client
 * that sends without end would otherwise keep Jetty's thread from all other connections.
 */
final class Reception extends Handler.Abstract.NonBlocking {
  private final Site site;

  Reception(Site site) {
    this.site = site;
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    WatchedEndPoint connection =
        (WatchedEndPoint) request.getConnectionMetaData().getConnection().getEndPoint();
    if (!connection.headComplete()) {
      callback.failed(new EofException("the head came too late"));
      return true;
    }
    request.addIdleTimeoutListener(timeout -> false);
    site.inFlight().begin();
    begin(new Exchange(request, response, connection, site, callback), callback);
    return true;
  }

  private void begin(Exchange exchange, Callback callback) {
    try {
      site.lanes().prompt().execute(exchange);
    } catch (RejectedExecutionException e) {
      site.inFlight().end();
      callback.failed(new EofException("the service has stopped"));
    }
  }
}
