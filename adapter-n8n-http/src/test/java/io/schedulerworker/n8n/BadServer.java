package io.schedulerworker.n8n;

import io.schedulerworker.testing.LoopbackServer;
import io.schedulerworker.testing.RawRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;

/**
 * A server on loopback that treats each connection as it is told, from its first moment on. When it has done so, it
 * waits until the other side closes the connection too.
 */
final class BadServer implements AutoCloseable {
  /** What to do with a connection, of which nothing is read yet. An {@code IOException} means that the other side left. */
  interface Act {
    void on(Socket connection) throws IOException, InterruptedException;

    default Act then(Act next) {
      return connection -> {
        on(connection);
        next.on(connection);
      };
    }
  }

  private final Act act;
  private final LoopbackServer server;

  BadServer(Act act) {
    this.act = act;
    this.server = new LoopbackServer("bad-server", this::serve);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.port() + "/webhook/kpi-1");
  }

  int connections() {
    return server.connections();
  }

  /** Waits until the other side has closed every connection it has opened so far. */
  void awaitAllClosed() throws InterruptedException, TimeoutException {
    server.awaitServed();
  }

  private void serve(Socket connection) throws IOException, InterruptedException {
    act.on(connection);
    drain(connection);
  }

  private static void drain(Socket connection) throws IOException {
    if (!connection.isClosed()) {
      connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Reads one request and answers it with these bytes. */
  static Act answering(String answer) {
    return connection -> {
      RawRequest.read(connection.getInputStream());
      send(connection, answer);
    };
  }

  /** Reads one request and answers it with these bytes and then, until the other side leaves, over and over with those. */
  static Act flooding(String begin, String again) {
    String much = again.repeat(1 + 16_384 / again.length());
    return answering(begin).then(connection -> {
      while (true) {
        send(connection, much);
      }
    });
  }

  static void send(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Ends the connection with a reset instead of an orderly close. */
  static void reset(Socket connection) throws IOException {
    connection.setSoLinger(true, 0);
    connection.close();
  }

  @Override
  public void close() {
    server.close();
  }
}
