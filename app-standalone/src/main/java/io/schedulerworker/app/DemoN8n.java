package io.schedulerworker.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stand-in for n8n on loopback: answers like its webhooks, but is too busy for one of them the first time. */
final class DemoN8n implements AutoCloseable {
  private static final int WORKFLOW_MILLIS = 120;
  private static final int THREADS = 8;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final AtomicBoolean busy = new AtomicBoolean(true);

  private DemoN8n(HttpServer server) {
    this.server = server;
  }

  static DemoN8n start() {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      DemoN8n n8n = new DemoN8n(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
      n8n.server.setExecutor(n8n.threads);
      n8n.server.createContext("/webhook/", n8n::answer);
      n8n.server.start();
      return n8n;
    } catch (IOException e) {
      throw new UserException("the demo cannot listen on loopback: " + e.getMessage());
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The demo's registry, its webhooks at this server. */
  String registry() {
    try (InputStream in = DemoN8n.class.getResourceAsStream("demo-registry.json")) {
      byte[] text = Objects.requireNonNull(in, "demo-registry.json").readAllBytes();
      return new String(text, StandardCharsets.UTF_8).replace("http://n8n.demo", address());
    } catch (IOException e) {
      throw new UncheckedIOException("reading demo-registry.json", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      boolean unlucky = exchange.getRequestURI().getPath().endsWith("eth-gas");
      if (unlucky && busy.getAndSet(false)) {
        send(exchange, 503, "{\"code\":503,\"message\":\"Database is not ready!\"}");
      } else {
        work();
        send(exchange, 200, "{\"message\":\"Workflow finished\"}");
      }
    }
  }

  private static void work() {
    try {
      Thread.sleep(WORKFLOW_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
