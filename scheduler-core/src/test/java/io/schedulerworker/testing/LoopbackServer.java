package io.schedulerworker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on a port of loopback, and serves each connection on a thread of its own. Thread-safe. */
public final class LoopbackServer implements AutoCloseable {
  /** What is done with each connection. */
  public interface Handler {
    /**
     * Serves one; it is closed afterwards.
     *
     * @param connection of which nothing is read yet
     * @throws IOException if the other side went away, or the server was closed
     * @throws InterruptedException never by the server
     */
    void serve(Socket connection) throws IOException, InterruptedException;
  }

  private static final int BACKLOG = 500;

  private final ServerSocket listening;
  private final String name;
  private final Handler handler;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** One party per open connection, and one for the server. */
  private final Phaser leaving = new Phaser(1);

  /**
   * Starts one.
   *
   * @param name of its threads
   * @param handler may be asked before this returns
   */
  public LoopbackServer(String name, Handler handler) {
    this.name = name;
    this.handler = handler;
    try {
      this.listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /**
   * Where it listens.
   *
   * @return a port of loopback
   */
  public int port() {
    return listening.getLocalPort();
  }

  /**
   * How many connections there have been.
   *
   * @return those that were accepted
   */
  public int connections() {
    return connections.get();
  }

  /**
   * Waits until all connections that there have been are served, twenty seconds at most.
   *
   * @throws InterruptedException if the thread is interrupted
   * @throws TimeoutException if they are not
   */
  public void awaitServed() throws InterruptedException, TimeoutException {
    leaving.awaitAdvanceInterruptibly(leaving.arrive(), 20, TimeUnit.SECONDS);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listening.accept();
        connections.incrementAndGet();
        leaving.register();
        open.add(connection);
        daemon(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      handler.serve(connection);
    } catch (IOException | InterruptedException e) {
      // The other side went away, or close() was called.
    } finally {
      open.remove(connection);
      leaving.arriveAndDeregister();
    }
  }

  private void daemon(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Closes all connections and takes no new ones. */
  @Override
  public void close() {
    try {
      listening.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
