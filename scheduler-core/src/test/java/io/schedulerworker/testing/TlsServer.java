package io.schedulerworker.testing;

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
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * An HTTPS server on loopback that answers whatever is sent to it with 200 and then closes the connection, so that each
 * call has a handshake of its own. Thread-safe.
 */
public final class TlsServer implements AutoCloseable {
  /** Stands for a client without a certificate. */
  public static final String NOBODY = "";

  private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: (\\d+)");
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final ServerSocket listening;
  private final Consumer<SSLSocket> setup;
  private final List<String> callers = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile SSLContext context;

  /**
   * Starts one.
   *
   * @param context who it is, and whom it trusts
   * @param setup changes each connection before its handshake
   */
  public TlsServer(SSLContext context, Consumer<SSLSocket> setup) {
    this.context = context;
    this.setup = setup;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /**
   * Starts one that asks clients for nothing.
   *
   * @param identity who it is
   * @return a server
   */
  public static TlsServer of(TlsIdentity identity) {
    return new TlsServer(identity.context(), socket -> {});
  }

  /**
   * Starts one that calls for a certificate.
   *
   * @param identity who it is
   * @param trusted who must vouch for clients
   * @return a server
   */
  public static TlsServer wantingClients(TlsIdentity identity, TlsIdentity trusted) {
    return new TlsServer(identity.context(trusted), socket -> socket.setNeedClientAuth(true));
  }

  /**
   * Changes who it is, for new connections.
   *
   * @param next who it is, and whom it trusts
   */
  public void become(SSLContext next) {
    this.context = next;
  }

  /**
   * Where it is.
   *
   * @return an address with an IP address for its host
   */
  public URI url() {
    return URI.create("https://127.0.0.1:" + port() + "/webhook/kpi-1");
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
   * Whose requests arrived whole.
   *
   * @return of each, in order, the subject of the client's certificate, or {@link #NOBODY}
   */
  public List<String> callers() {
    return List.copyOf(callers);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listening.accept();
        open.add(connection);
        daemon(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      try (SSLSocket secure =
          (SSLSocket) context.getSocketFactory().createSocket(connection, null, port(), false)) {
        secure.setUseClientMode(false);
        setup.accept(secure);
        answer(secure);
      } catch (IOException e) {
        // The client went away, or one of us refused the other.
      }
      // A close with something unread would be a reset, which may overtake the alert.
      connection.shutdownOutput();
      connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client went away, or close() was called.
    } finally {
      open.remove(connection);
    }
  }

  private void answer(SSLSocket secure) throws IOException {
    InputStream in = secure.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
    }
    Matcher length = LENGTH.matcher(head.toString(StandardCharsets.UTF_8));
    in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    callers.add(caller(secure));
    secure.getOutputStream().write(ANSWER.getBytes(StandardCharsets.UTF_8));
    secure.getOutputStream().flush();
  }

  private static String caller(SSLSocket secure) {
    try {
      X509Certificate first = (X509Certificate) secure.getSession().getPeerCertificates()[0];
      return first.getSubjectX500Principal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return NOBODY;
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tls-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Closes what is open. */
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
