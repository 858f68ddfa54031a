package io.schedulerworker.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server on this machine, on a port of its own, and does what bad networks do: it is slow, keeps
 * answers back, cuts lines. While the server is gone, whoever connects is cut off, and once it is back, served.
 *
 * <p>Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int serverPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean keepsBack;
  private volatile Duration latency = Duration.ZERO;
  private long sent;
  private long awaited = Long.MAX_VALUE;
  private Runnable action = () -> {};

  /**
   * A proxy that lets everything through.
   *
   * @param serverPort where the server listens, on loopback
   * @throws IOException if there is no port to be had
   */
  public TcpProxy(int serverPort) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.serverPort = serverPort;
    daemon(this::accept);
  }

  /**
   * Where clients connect to, on loopback.
   *
   * @return a port
   */
  public int port() {
    return listening.getLocalPort();
  }

  /** From now on requests arrive at the server, and its answers do not come back, until lines are cut. */
  public void keepAnswersBack() {
    keepsBack = true;
  }

  /**
   * From now on all that passes waits, in either direction.
   *
   * @param each how long; zero for not at all
   */
  public void delay(Duration each) {
    latency = each;
  }

  /**
   * Does something once, in the middle of what a client sends: nothing more reaches the server before it is done.
   *
   * @param bytes after how many bytes from now on, or a few more
   * @param what is run on a thread of the proxy
   */
  public synchronized void onceSent(long bytes, Runnable what) {
    awaited = sent + bytes;
    action = what;
  }

  /** Cuts all lines. New ones let everything through. */
  public void cut() {
    keepsBack = false;
    sockets.forEach(TcpProxy::close);
    sockets.clear();
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        connect(listening.accept());
      }
    } catch (IOException e) {
      // Closed: that is the end.
    }
  }

  private void connect(Socket client) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      sockets.add(client);
      sockets.add(server);
      daemon(() -> pump(client, server, false));
      daemon(() -> pump(server, client, true));
    } catch (IOException e) {
      // The server is gone: so is the line.
      close(client);
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[1 << 16];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        Thread.sleep(latency.toMillis());
        if (!answers) {
          out.write(bytes, 0, count);
          count(count);
        } else if (!keepsBack) {
          out.write(bytes, 0, count);
        }
      }
    } catch (IOException e) {
      // Cut: the other side is closed too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void count(int bytes) {
    Runnable due;
    synchronized (this) {
      sent += bytes;
      if (sent < awaited) {
        return;
      }
      awaited = Long.MAX_VALUE;
      due = action;
    }
    due.run();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts all lines and takes no new ones. */
  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
