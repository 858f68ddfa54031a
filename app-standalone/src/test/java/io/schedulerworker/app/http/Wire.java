package io.schedulerworker.app.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A connection that says whatever it is told, valid or not. */
final class Wire implements AutoCloseable {
  /** An answer as it came: names of headers in lower case, the body as UTF-8. */
  record Reply(int status, Map<String, String> headers, String text) {
    String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  Wire(InetSocketAddress server) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(server, PATIENCE_MILLIS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** One request on a connection of its own. */
  static Reply ask(InetSocketAddress server, String request) throws IOException {
    try (Wire wire = new Wire(server)) {
      return wire.say(request).reply();
    }
  }

  static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  static String post(String target, String body) {
    return "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
  }

  Wire say(String text) throws IOException {
    return say(text.getBytes(StandardCharsets.UTF_8));
  }

  Wire say(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Ends what this side says; it goes on listening. */
  Wire end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  Reply reply() throws IOException {
    return reply(false);
  }

  Reply replyToHead() throws IOException {
    return reply(true);
  }

  private Reply reply(boolean head) throws IOException {
    String[] status = line().split(" ", 3);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      if (headers.put(name, line.substring(colon + 1).strip()) != null) {
        throw new AssertionError("twice: " + line);
      }
    }
    int length = head ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Reply(Integer.parseInt(status[1]), headers, text);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server has closed after: " + line);
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  /** Whether the server closes, and says nothing before. */
  boolean isClosed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Listens to nothing for a while, then to the end; how many bytes came. */
  long tail(Duration deafness) throws IOException, InterruptedException {
    Thread.sleep(deafness.toMillis());
    try {
      return in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
