package io.schedulerworker.n8n;

import io.schedulerworker.port.TriggerSettings;
import java.net.URI;
import java.net.http.HttpClient;
import javax.net.ssl.SSLParameters;

/**
 * The JDK's clients that calls are made with: some for https and some for http, each opened for its first call. Whom to
 * trust over TLS takes a good part of a second to read, which those who call n8n over plain http need not wait for.
 *
 * <p>A client has one thread that reads and writes, which is the first thing to be short of where calls are quick: two
 * bare ones make 16 to 24 % more of them on two processors, four hardly more than one.
 */
final class Clients {
  /** How many there are for http, and for https. */
  static final int EACH = Math.min(2, Runtime.getRuntime().availableProcessors());

  /** Older ones are broken; said here so that no setting of the JVM brings them back. */
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final TriggerSettings settings;
  private final ClientGroup plain = new ClientGroup(EACH, this::plain);
  private final ClientGroup secure = new ClientGroup(EACH, this::secure);

  Clients(TriggerSettings settings) {
    this.settings = settings;
  }

  /**
   * The client for an address.
   *
   * @param number which of those that there are, from 0
   * @throws IllegalStateException once they are closed
   */
  HttpClient of(URI webhook, int number) {
    return ("https".equalsIgnoreCase(webhook.getScheme()) ? secure : plain).get(number);
  }

  /**
   * Opens those for http on a thread of its own: whoever is about to call reads registry and stores meanwhile, and has
   * the first call a tenth of a second sooner.
   */
  void prepare() {
    Thread preparing = new Thread(this::openPlain, "n8n-prepare");
    // What keeps a client from being opened is met again, and told of, where it is needed.
    preparing.setUncaughtExceptionHandler((thread, failure) -> {});
    preparing.setDaemon(true);
    preparing.start();
  }

  private void openPlain() {
    for (int i = 0; i < EACH; i++) {
      HttpClient unused = plain.get(i);
    }
  }

  private HttpClient plain() {
    return builder()
        .sslContext(NoTls.context())
        .sslParameters(new SSLParameters())
        .build();
  }

  private HttpClient secure() {
    HttpClient.Builder builder = builder().sslParameters(parameters());
    if (settings.tls() != null) {
      builder.sslContext(settings.tls());
    }
    return builder.build();
  }

  /** The client has names checked by itself, unless a property of the JVM's says otherwise: not for us. */
  private static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters(null, PROTOCOLS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  /** Lets go of one that answers no more. */
  void forget(HttpClient client) {
    plain.forget(client);
    secure.forget(client);
  }

  /** Ends them, for good. */
  void close() {
    plain.close();
    secure.close();
  }

  /**
   * A direct executor: what the client does is short, and a hand-over per step would cost more than the step. HTTP/1.1,
   * because it is what n8n speaks: offering an upgrade to HTTP/2 would add three headers to every call, which some
   * proxies stumble over.
   */
  private HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(Proxies.selector())
        .connectTimeout(settings.connectTimeout())
        .executor(Runnable::run);
  }
}
