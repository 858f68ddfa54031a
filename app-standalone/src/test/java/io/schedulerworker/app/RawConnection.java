package io.schedulerworker.app;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A connection that says whatever it is told, request after request, as long as the service keeps it. */
final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;
  private boolean closing;

  RawConnection(URI service) throws IOException {
    socket = new Socket(service.getHost(), service.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A whole request, its length stated if there is a body. */
  static String request(String method, String target, String body, String... headers) {
    StringBuilder head =
        new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    if (!body.isEmpty()) {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    return head + "\r\n" + body;
  }

  /** Says something, which may be refused before all of it is said. */
  void say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Says no more, but listens. */
  void end() throws IOException {
    socket.shutdownOutput();
    closing = true;
  }

  /** The next answer, or null if the service has closed without one. */
  OpenApi.Answer answer(boolean toHead) throws IOException {
    String line = line();
    if (line == null) {
      closing = true;
      return null;
    }
    int status = Integer.parseInt(line.split(" ", 3)[1]);
    Map<String, String> headers = headers();
    closing |= "close".equalsIgnoreCase(headers.get("Connection"));
    int length = toHead ? 0 : Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new OpenApi.Answer(status, headers, body);
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon);
      if (headers.put(name, line.substring(colon + 1).strip()) != null) {
        throw new AssertionError("twice: " + line);
      }
    }
    return headers;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  /** It failed: no further request is to be sent. */
  void isLost() {
    closing = true;
  }

  /** Whether another request can be sent. */
  boolean isOpen() {
    return !closing;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
