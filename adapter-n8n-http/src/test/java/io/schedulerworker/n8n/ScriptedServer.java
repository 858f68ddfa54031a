package io.schedulerworker.n8n;

import io.schedulerworker.testing.LoopbackServer;
import io.schedulerworker.testing.RawRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that does with each request what it is told, down to the bytes. */
final class ScriptedServer implements AutoCloseable {
  /** What to do with a request; the connection is kept for the next one unless it closes it. */
  interface Act {
    void on(RawRequest request, Socket connection) throws IOException, InterruptedException;
  }

  private static final RawRequest NONE = new RawRequest("", "");

  private final String scheme;
  private final boolean speaksHttp;
  private final List<Act> acts;
  private final AtomicInteger next = new AtomicInteger();
  private final Queue<RawRequest> requests = new ConcurrentLinkedQueue<>();
  private final LoopbackServer server;

  private ScriptedServer(String scheme, boolean speaksHttp, List<Act> acts) {
    this.scheme = scheme;
    this.speaksHttp = speaksHttp;
    this.acts = acts;
    this.server = new LoopbackServer("scripted-server", this::serve);
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
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  int port() {
    return server.port();
  }

  List<RawRequest> requests() {
    return List.copyOf(requests);
  }

  int connections() {
    return server.connections();
  }

  private void serve(Socket connection) throws IOException, InterruptedException {
    while (!connection.isClosed()) {
      RawRequest request = speaksHttp ? RawRequest.read(connection.getInputStream()) : NONE;
      requests.add(request);
      acts.get(Math.min(next.getAndIncrement(), acts.size() - 1)).on(request, connection);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
