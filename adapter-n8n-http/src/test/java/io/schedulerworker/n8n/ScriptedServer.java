package io.schedulerworker.n8n;

import java.io.ByteArrayOutputStream;
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
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on loopback that does with each request what it is told, down to the bytes. */
final class ScriptedServer implements AutoCloseable {
  /** What to do with a request; the connection is kept for the next one unless it closes it. */
  interface Act {
    void on(Request request, Socket connection) throws IOException, InterruptedException;
  }

  /** A request that arrived whole. */
  record Request(String head, String body, int connection) {
    String header(String name) {
      Matcher line = Pattern.compile("(?im)^" + name + ": (.*)$").matcher(head);
      return line.find() ? line.group(1) : "";
    }
  }

  private static final Request NONE = new Request("", "", 0);
  private static final int BACKLOG = 500;

  private final ServerSocket server;
  private final String scheme;
  private final boolean speaksHttp;
  private final List<Act> acts;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private ScriptedServer(String scheme, boolean speaksHttp, List<Act> acts) {
    try {
      this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.scheme = scheme;
    this.speaksHttp = speaksHttp;
    this.acts = acts;
    start(this::accept);
  }

  /** Does the first act on the first request, and so on, and the last one on all that follow. */
  static ScriptedServer of(Act... acts) {
    return new ScriptedServer("http", true, List.of(acts));
  }

  /** An https address where nobody speaks HTTP: acts on each connection as it is. */
  static ScriptedServer raw(Act act) {
    return new ScriptedServer("https", false, List.of(act));
  }

  /** Answers every request with these bytes. */
  static ScriptedServer answering(String answer) {
    return of(answer(answer));
  }

  static Act answer(String answer) {
    return (request, connection) -> send(connection, answer);
  }

  static Act drop() {
    return (request, connection) -> connection.close();
  }

  static Act hang() {
    return (request, connection) -> connection.getInputStream().read();
  }

  /** An answer with one header more, {@code ""} for none, and a body. */
  static String http(int status, String header, String type, String body) {
    return "HTTP/1.1 %d Whatever\r\n%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(
            status,
            header.isEmpty() ? "" : header + "\r\n",
            type,
            body.getBytes(StandardCharsets.UTF_8).length,
            body);
  }

  static void send(Socket connection, String text) throws IOException {
    OutputStream out = connection.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  URI url(String path) {
    return URI.create(
        scheme + "://" + server.getInetAddress().getHostAddress() + ":" + port() + path);
  }

  int port() {
    return server.getLocalPort();
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        int number = connections.incrementAndGet();
        open.add(connection);
        start(() -> serve(connection, number));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection, int number) {
    try (connection) {
      while (!connection.isClosed()) {
        Request request = speaksHttp ? read(connection.getInputStream(), number) : NONE;
        requests.add(request);
        acts.get(Math.min(next.getAndIncrement(), acts.size() - 1)).on(request, connection);
      }
    } catch (IOException | InterruptedException e) {
      // The other side went away, or close() was called.
    }
  }

  private static Request read(InputStream in, int number) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
    }
    Request bare = new Request(head.toString(StandardCharsets.UTF_8), "", number);
    int length = Integer.parseInt(bare.header("Content-Length"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("only part of a body");
    }
    return new Request(bare.head(), new String(body, StandardCharsets.UTF_8), number);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
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
