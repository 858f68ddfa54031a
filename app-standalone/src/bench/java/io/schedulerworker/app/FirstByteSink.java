package io.schedulerworker.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers 200 to every POST, and notes when the first byte of each came. */
final class FirstByteSink implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII);

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final BlockingQueue<Instant> arrivals = new LinkedBlockingQueue<>();

  FirstByteSink() throws IOException {
    daemon(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort() + "/webhook/";
  }

  BlockingQueue<Instant> arrivals() {
    return arrivals;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int first = in.read(); first >= 0; first = in.read()) {
        arrivals.add(Instant.now());
        in.skipNBytes(lengthOfBody(in));
        socket.getOutputStream().write(ANSWER);
      }
    } catch (IOException e) {
      // The caller left.
    }
  }

  private static long lengthOfBody(InputStream in) throws IOException {
    long length = 0;
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("cut off");
      }
      if (next != '\n') {
        line.append((char) next);
      } else if (line.toString().isBlank()) {
        return length;
      } else {
        String text = line.toString().toLowerCase(java.util.Locale.ROOT);
        if (text.startsWith("content-length:")) {
          length = Long.parseLong(text.substring(text.indexOf(':') + 1).trim());
        }
        line.setLength(0);
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "sink");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
