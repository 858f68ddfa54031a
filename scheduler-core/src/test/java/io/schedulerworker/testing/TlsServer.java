package io.schedulerworker.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
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

  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final Consumer<SSLSocket> setup;
  private final List<String> callers = new CopyOnWriteArrayList<>();
  private final LoopbackServer server;
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
    this.server = new LoopbackServer("tls-server", this::serve);
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
    return server.port();
  }

  /**
   * Whose requests arrived whole.
   *
   * @return of each, in order, the subject of the client's certificate, or {@link #NOBODY}
   */
  public List<String> callers() {
    return List.copyOf(callers);
  }

  private void serve(Socket connection) throws IOException {
    int port = connection.getLocalPort();
    try (SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(connection, null, port, false)) {
      secure.setUseClientMode(false);
      setup.accept(secure);
      answer(secure);
    } catch (IOException e) {
      // The client went away, or one of us refused the other.
    }
    // A close with something unread would be a reset, which may overtake the alert.
    connection.shutdownOutput();
    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private void answer(SSLSocket secure) throws IOException {
    RawRequest.read(secure.getInputStream());
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

  /** Closes what is open. */
  @Override
  public void close() {
    server.close();
  }
}
