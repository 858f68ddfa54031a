package io.schedulerworker.n8n;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

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

  /** The other side left without a byte of a request. */
  static final class NothingThere extends EOFException {
    private static final long serialVersionUID = 1;
  }

  private static final int BACKLOG = 500;
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  private final ServerSocket server;
  private final Act act;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** One party per open connection, and one for the server. */
  private final Phaser leaving = new Phaser(1);

  BadServer(Act act) {
    this.act = act;
    try {
      server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/webhook/kpi-1");
  }

  int connections() {
    return connections.get();
  }

  /** Waits until the other side has closed every connection it has opened so far. */
  void awaitAllClosed() throws InterruptedException, TimeoutException {
    leaving.awaitAdvanceInterruptibly(leaving.arrive(), 20, TimeUnit.SECONDS);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.incrementAndGet();
        leaving.register();
        open.add(connection);
        start(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      act.on(connection);
      drain(connection);
    } catch (IOException | InterruptedException e) {
      // The other side went away, or close() was called.
    } finally {
      open.remove(connection);
      leaving.arriveAndDeregister();
    }
  }

  private static void drain(Socket connection) throws IOException {
    if (!connection.isClosed()) {
      connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Reads a request's head, and nothing behind it. */
  static String readHead(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    StringBuilder head = new StringBuilder();
    int matched = 0;
    while (matched < END_OF_HEAD.length) {
      int next = in.read();
      if (next < 0) {
        throw head.isEmpty() ? new NothingThere() : new EOFException("ended in its head");
      }
      head.append((char) next);
      matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString();
  }

  /** Reads one request, whole. */
  static void readRequest(Socket connection) throws IOException {
    readBody(connection, readHead(connection));
  }

  /** Reads the body that a head announces. */
  static void readBody(Socket connection, String head) throws IOException {
    int length = Integer.parseInt(head.replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"));
    if (connection.getInputStream().readNBytes(length).length < length) {
      throw new EOFException("ended in its body");
    }
  }

  /** Reads one request and answers it with these bytes. */
  static Act answering(String answer) {
    return connection -> {
      readRequest(connection);
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

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "bad-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
