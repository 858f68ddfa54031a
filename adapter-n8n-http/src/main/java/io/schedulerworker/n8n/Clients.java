package io.schedulerworker.n8n;

import io.schedulerworker.port.TriggerSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's clients that calls are made with: some for https and some for http, each opened for its first call. Whom to
 * trust over TLS takes a good part of a second to read, which those who call n8n over plain http need not wait for.
 *
 * <p>A client has one thread that reads and writes, which is the first thing to be short of where calls are quick: two
 * clients make a sixth more of them on two processors, four no more than one.
 */
final class Clients {
  /** How many there are for http, and for https. */
  static final int EACH = Math.min(2, Runtime.getRuntime().availableProcessors());

  /** Older ones are broken; said here so that no setting of the JVM brings them back. */
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** In a client's text, for example {@code jdk.internal.net.http.HttpClientImpl@68e5eea7(1)}. */
  private static final Pattern NUMBER = Pattern.compile("\\((\\d+)\\)$");

  private final TriggerSettings settings;
  private final @Nullable HttpClient[] plain = new HttpClient[EACH];
  private final @Nullable HttpClient[] secure = new HttpClient[EACH];
  private boolean closed;

  Clients(TriggerSettings settings) {
    this.settings = settings;
  }

  /**
   * The client for an address.
   *
   * @param number which of those that there are, from 0
   * @throws IllegalStateException once they are closed
   */
  synchronized HttpClient of(URI webhook, int number) {
    if (closed) {
      throw new IllegalStateException("the clients are closed");
    }
    return "https".equalsIgnoreCase(webhook.getScheme())
        ? opened(secure, number, this::secure)
        : opened(plain, number, this::plain);
  }

  private static HttpClient opened(
      @Nullable HttpClient[] clients, int number, Supplier<HttpClient> open) {
    HttpClient known = clients[number];
    if (known != null) {
      return known;
    }
    HttpClient opened = open.get();
    clients[number] = opened;
    return opened;
  }

  private HttpClient plain() {
    return builder()
        .sslContext(NoTls.context())
        .sslParameters(new SSLParameters())
        .build();
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

  private synchronized void openPlain() {
    for (int i = 0; i < EACH && !closed; i++) {
      HttpClient unused = opened(plain, i, this::plain);
    }
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
  synchronized void forget(HttpClient client) {
    forget(client, plain);
    forget(client, secure);
  }

  private static void forget(HttpClient client, @Nullable HttpClient[] clients) {
    for (int i = 0; i < EACH; i++) {
      clients[i] = clients[i] == client ? null : clients[i];
    }
  }

  /** Ends them, for good. */
  synchronized void close() {
    Stream.of(plain, secure)
        .flatMap(Arrays::stream)
        .flatMap(Stream::ofNullable)
        .forEach(Clients::end);
    Arrays.fill(plain, null);
    Arrays.fill(secure, null);
    closed = true;
  }

  /**
   * JDK 17 knows no way to close a client, whose thread goes within seconds after the garbage collector has found it
   * unused, and for which the JVM waits 0.3 s when it ends. The thread ends at once, and in order, if it is interrupted.
   */
  private static void end(HttpClient client) {
    Matcher number = NUMBER.matcher(client.toString());
    if (number.find()) {
      String name = "HttpClient-" + number.group(1) + "-SelectorManager";
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals(name))
          .forEach(Thread::interrupt);
    }
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
