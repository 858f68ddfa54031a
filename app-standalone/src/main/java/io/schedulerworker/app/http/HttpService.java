package io.schedulerworker.app.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Serves routes over HTTP/1.1 until it is stopped. Whatever clients send, and however slowly, it costs them a connection
 * and little more; each error is a {@link Problem}. Thread-safe; all its threads are daemons named {@code http-…}.
 */
public final class HttpService implements AutoCloseable {
  private static final int IO_THREADS = 6;
  private static final int LEAST_IO_THREADS = 2;
  private static final int IO_IDLE_MILLIS = 30_000;

  private final Server server;
  private final ServerConnector connector;
  private final Site site;
  private final InetSocketAddress address;

  private HttpService(
      Server server, ServerConnector connector, Site site, InetSocketAddress address) {
    this.server = server;
    this.connector = connector;
    this.site = site;
    this.address = address;
  }

  /**
   * Loads the server's many classes on a thread of its own, so that a service that reads its settings meanwhile starts a
   * quarter sooner. Not calling it changes nothing else.
   */
  public static void preload() {
    Thread loading = new Thread(
        () -> connector(new Server(threads(), timer(), null), "localhost", 0, Limits.USUAL),
        "http-preload");
    // What cannot be loaded is missed, and told of, where it is needed.
    loading.setUncaughtExceptionHandler((thread, failure) -> {});
    loading.setDaemon(true);
    loading.start();
  }

  /**
   * Listens and serves.
   *
   * @param bind the address to listen at: a name or a number, {@code 0.0.0.0} for all
   * @param port the port, 0 for any that is free
   * @param options how it deals with its callers
   * @param routes what is served; of several that match, the first
   * @return a service that answers already
   * @throws IOException if there is no listening there: the message is one line for the user
   */
  public static HttpService start(String bind, int port, HttpOptions options, List<Route> routes)
      throws IOException {
    return start(bind, port, options, routes, Limits.USUAL);
  }

  static HttpService start(
      String bind, int port, HttpOptions options, List<Route> routes, Limits limits)
      throws IOException {
    Site site = Site.of(routes, options, limits);
    Server server = new Server(threads(), timer(), null);
    ServerConnector connector = connector(server, bind, port, limits);
    server.setHandler(new Reception(site));
    server.setErrorHandler(new ProblemPages());
    try {
      server.start();
      ServerSocketChannel listener = (ServerSocketChannel) connector.getTransport();
      InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
      new Watchdog(connector, limits).run();
      return new HttpService(server, connector, site, address);
    } catch (Exception e) {
      throw notListening(bind, port, e, server, site);
    }
  }

  private static IOException notListening(
      String bind, int port, Exception e, Server server, Site site) {
    site.lanes().stop();
    try {
      server.stop();
    } catch (Exception more) {
      e.addSuppressed(more);
    }
    return new IOException(
        "cannot listen at " + bind + ":" + port + " (" + reason(e)
            + "): choose another address or port",
        e);
  }

  /** With a queue of the JDK's: Jetty's own loads all of JMX, which is a tenth of a second of the start. */
  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(
        IO_THREADS, LEAST_IO_THREADS, IO_IDLE_MILLIS, new LinkedBlockingQueue<>());
    threads.setName("http-io");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    return threads;
  }

  private static ScheduledExecutorScheduler timer() {
    return new ScheduledExecutorScheduler("http-timer", true, 1);
  }

  private static ServerConnector connector(Server server, String bind, int port, Limits limits) {
    ServerConnector connector =
        new WatchedConnector(server, limits, new SerialConnection.Factory(configuration()));
    connector.setHost(bind);
    connector.setPort(port);
    server.addConnector(connector);
    return connector;
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(Limits.HEAD);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    http.setUriCompliance(encodedIds());
    return http;
  }

  /** Ids in paths may have any character, so slashes, percent signs and the like arrive encoded. */
  private static UriCompliance encodedIds() {
    return UriCompliance.RFC3986.with(
        "encoded ids",
        UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
        UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
        UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);
  }

  private static String reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return String.valueOf(cause.getMessage());
      }
    }
    return String.valueOf(e.getMessage());
  }

  /**
   * Where it listens.
   *
   * @return the address with the port that was found
   */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Stops: takes no new connection, lets requests under way finish, then ends all threads.
   *
   * @param grace how long requests may take to finish; zero: no time
   */
  public void stop(Duration grace) {
    try {
      // It is done when the last connection is closed, silent ones too: no need to wait for those.
      CompletableFuture<Void> unused = connector.shutdown();
      site.inFlight().awaitNone(grace);
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server does not stop", e);
    } finally {
      site.lanes().stop();
    }
  }

  /** Stops, without waiting for requests under way. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
