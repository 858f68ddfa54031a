package io.schedulerworker.n8n;

import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Clients of one kind, each opened when it is first asked for. Thread-safe. */
final class ClientGroup {
  /** In a client's text, for example {@code jdk.internal.net.http.HttpClientImpl@68e5eea7(1)}. */
  private static final Pattern NUMBER = Pattern.compile("\\((\\d+)\\)$");

  private final Supplier<HttpClient> open;
  private final @Nullable HttpClient[] clients;
  private boolean closed;

  ClientGroup(int size, Supplier<HttpClient> open) {
    this.clients = new HttpClient[size];
    this.open = open;
  }

  /**
   * One of them; another one, if there is no thread or no selector to open it with.
   *
   * @param number from 0
   * @throws IllegalStateException once they are closed
   */
  synchronized HttpClient get(int number) {
    if (closed) {
      throw new IllegalStateException("the clients are closed");
    }
    HttpClient known = clients[number];
    HttpClient client = known == null ? openOrTakeAnother() : known;
    clients[number] = client;
    return client;
  }

  private HttpClient openOrTakeAnother() {
    try {
      return open.get();
    } catch (RuntimeException | Error e) {
      Optional<HttpClient> another = opened().findFirst();
      if (another.isEmpty()) {
        throw e;
      }
      return another.get();
    }
  }

  private Stream<HttpClient> opened() {
    return Arrays.stream(clients).flatMap(Stream::ofNullable);
  }

  /** Lets go of one that answers no more. */
  synchronized void forget(HttpClient client) {
    for (int i = 0; i < clients.length; i++) {
      clients[i] = clients[i] == client ? null : clients[i];
    }
  }

  /**
   * Ends them, for good. JDK 17 knows no way to close a client, whose thread goes within seconds after the garbage collector
   * has found it unused, and for which the JVM waits 0.3 s when it ends. The thread ends at once, and in order, if it is
   * interrupted.
   */
  synchronized void close() {
    Set<String> names =
        opened().flatMap(client -> threadName(client).stream()).collect(Collectors.toSet());
    if (!names.isEmpty()) {
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> names.contains(thread.getName()))
          .forEach(Thread::interrupt);
    }
    Arrays.fill(clients, null);
    closed = true;
  }

  private static Optional<String> threadName(HttpClient client) {
    Matcher number = NUMBER.matcher(client.toString());
    return number.find()
        ? Optional.of("HttpClient-" + number.group(1) + "-SelectorManager")
        : Optional.empty();
  }
}
