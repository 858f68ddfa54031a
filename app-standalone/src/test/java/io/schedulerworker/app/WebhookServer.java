package io.schedulerworker.app;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Webhooks on loopback that answer as told, 200 unless told otherwise, and write down who called. */
final class WebhookServer implements AutoCloseable {
  static {
    // Small answers would wait for the other side's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** What a webhook says: JSON, unless a header says otherwise. */
  record Answer(int status, String body, Map<String, String> headers) {
    /** To say nothing, and end the connection. */
    static final Answer NONE = new Answer(0, "");

    Answer(int status, String body) {
      this(status, body, Map.of());
    }

    Answer with(String header, String value) {
      return new Answer(status, body, Map.of(header, value));
    }
  }

  /** A request as it came, and when, in monotonic nanoseconds. */
  record Call(String method, String path, String query, Headers headers, String body, long nanos) {
    String header(String name) {
      return headers.getFirst(name);
    }
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final Semaphore arrivals = new Semaphore(0);
  private final Semaphore departures = new Semaphore(0);
  private final HttpServer server;
  private volatile boolean holding;
  private int inFlight;
  private int mostInFlight;

  WebhookServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Answers the calls of a path in turn; the last answer again and again. */
  WebhookServer answer(String path, Answer... inTurn) {
    answers.put(path, new ArrayDeque<>(List.of(inTurn)));
    return this;
  }

  /** From now on calls are answered when {@link #release} says so. */
  WebhookServer hold() {
    holding = true;
    return this;
  }

  /** Waits for so many calls to arrive, after those waited for before. */
  boolean awaitArrivals(int count, Duration most) throws InterruptedException {
    return arrivals.tryAcquire(count, most.toNanos(), TimeUnit.NANOSECONDS);
  }

  void release(int count) {
    departures.release(count);
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  List<Call> calls(String path) {
    return calls().stream().filter(call -> call.path().equals(path)).toList();
  }

  synchronized int mostInFlight() {
    return mostInFlight;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getRawPath();
      arrived(new Call(
          exchange.getRequestMethod(),
          path,
          exchange.getRequestURI().getRawQuery(),
          exchange.getRequestHeaders(),
          body,
          System.nanoTime()));
      if (holding) {
        departures.acquireUninterruptibly();
      }
      departed();
      send(exchange, next(path));
    }
  }

  private synchronized void arrived(Call call) {
    calls.add(call);
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    arrivals.release();
  }

  private synchronized void departed() {
    inFlight--;
  }

  private Answer next(String path) {
    Deque<Answer> inTurn = answers.get(path);
    if (inTurn == null) {
      return new Answer(200, "");
    }
    synchronized (inTurn) {
      return inTurn.size() > 1 ? inTurn.removeFirst() : inTurn.getFirst();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    if (answer.status() == 0) {
      return;
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    departures.release(1_000_000);
    server.stop(0);
    threads.shutdownNow();
  }
}
