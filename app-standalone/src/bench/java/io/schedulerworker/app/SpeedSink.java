package io.schedulerworker.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Takes every POST and answers 200 at once, on one thread, with as little work as possible: what is measured is its
 * callers. A process of its own: prints its port, and for each line it reads, what came since the last one: calls,
 * nanoseconds from the first to the last, connections.
 */
public final class SpeedSink {
  private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
          + "Content-Length: 34\r\n\r\n{\"message\":\"Workflow was started\"}")
      .getBytes(US_ASCII);
  private static final byte[] LENGTH = "content-length:".getBytes(US_ASCII);

  private final Selector selector = Selector.open();
  private final ServerSocketChannel listening = ServerSocketChannel.open();
  private long calls;
  private long first;
  private long last;
  private int connections;

  private SpeedSink() throws IOException {
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
    listening.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Serves until its standard input ends. */
  public static void main(String[] arguments) throws IOException {
    SpeedSink sink = new SpeedSink();
    System.out.println(((InetSocketAddress) sink.listening.getLocalAddress()).getPort());
    Thread server = new Thread(sink::serve);
    server.setDaemon(true);
    server.start();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    while (in.readLine() != null) {
      System.out.println(sink.report());
    }
  }

  private synchronized String report() {
    String report = calls + " " + (last - first) + " " + connections;
    calls = 0;
    connections = 0;
    return report;
  }

  private void serve() {
    try {
      while (true) {
        selector.select(this::ready);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        read((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private synchronized void accept() throws IOException {
    SocketChannel caller = listening.accept();
    caller.configureBlocking(false);
    caller.setOption(StandardSocketOptions.TCP_NODELAY, true);
    caller.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(65_536));
    connections++;
  }

  private void read(SocketChannel caller, ByteBuffer buffer) throws IOException {
    if (caller.read(buffer) < 0) {
      caller.close();
      return;
    }
    int end = endOfRequest(buffer);
    while (end > 0) {
      count();
      caller.write(ByteBuffer.wrap(ANSWER));
      buffer.limit(buffer.position()).position(end);
      buffer.compact();
      end = endOfRequest(buffer);
    }
  }

  private synchronized void count() {
    last = System.nanoTime();
    if (calls++ == 0) {
      first = last;
    }
  }

  /** Where the first request in the buffer ends; 0 if it is not all there. */
  private static int endOfRequest(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    for (int i = 3; i < buffer.position(); i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        int end = i + 1 + lengthOfBody(bytes, i);
        return end <= buffer.position() ? end : 0;
      }
    }
    return 0;
  }

  private static int lengthOfBody(byte[] bytes, int headEnd) {
    for (int i = 0; i < headEnd - LENGTH.length; i++) {
      if (matches(bytes, i)) {
        int length = 0;
        for (int j = i + LENGTH.length; bytes[j] != '\r'; j++) {
          length = bytes[j] == ' ' ? length : length * 10 + bytes[j] - '0';
        }
        return length;
      }
    }
    return 0;
  }

  private static boolean matches(byte[] bytes, int at) {
    for (int i = 0; i < LENGTH.length; i++) {
      if ((bytes[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }
}
