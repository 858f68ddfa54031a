package io.schedulerworker.app.http;

import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * A connection for which {@code onFillable} runs once at a time. Jetty 12.1 has a request that it cannot read answered on
 * another thread, after which a third one comes back to the input while the first may be at it still; both then give the
 * same buffer back, and the second one can take it from another connection that has it by then. The body of a request is
 * read without it: by one thread, which Jetty sees to. jetty.project issue 12939 is of the same kind.
 */
final class SerialConnection extends HttpConnection {
  private final ReentrantLock input = new ReentrantLock();

  private SerialConnection(HttpConfiguration http, Connector connector, EndPoint endPoint) {
    super(http, connector, endPoint);
  }

  @Override
  public void onFillable() {
    input.lock();
    try {
      super.onFillable();
    } finally {
      input.unlock();
    }
  }

  /** Makes such connections. */
  static final class Factory extends HttpConnectionFactory {
    Factory(HttpConfiguration http) {
      super(http);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      SerialConnection connection =
          new SerialConnection(getHttpConfiguration(), connector, endPoint);
      connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
      return configure(connection, connector, endPoint);
    }
  }
}
