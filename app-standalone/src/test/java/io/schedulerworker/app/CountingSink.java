package io.schedulerworker.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.schedulerworker.model.TraceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Webhooks on loopback for processes that die: they answer 200 after a while, and write down who called whom and when. The
 * caller is told by its key, of which each start of a process has its own.
 */
final class CountingSink implements AutoCloseable {
  private static final String SCHEME = "Bearer ";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Executor afterDelay;
  private final List<SinkCall> calls = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private final HttpServer server;
  private String heldCaller;

  /** One that answers so much after a call came. */
  CountingSink(Duration delay) throws IOException {
    afterDelay = CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, threads);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** A registry of so many KPIs, {@code kpi-0} and so on, whose webhooks are here. */
  String registry(int kpis) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/webhook/";
    return Registry.of(
        KpiNames.first(kpis).map(id -> Registry.kpi(id, url + id)).toArray(String[]::new));
  }

  /** From now on the calls of this one are not answered, until they are released. */
  synchronized void hold(String caller) {
    heldCaller = caller;
  }

  synchronized void release() {
    heldCaller = null;
    held.forEach(Runnable::run);
    held.clear();
  }

  /** The calls of one job so far, in the order in which they came. */
  synchronized List<SinkCall> calls(TraceId job) {
    return calls.stream().filter(call -> call.isOf(job)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    String caller =
        exchange.getRequestHeaders().getFirst("Authorization").substring(SCHEME.length());
    note(SinkCall.of(key, caller), exchange);
  }

  private synchronized void note(SinkCall call, HttpExchange exchange) {
    calls.add(call);
    if (call.caller().equals(heldCaller)) {
      held.add(() -> threads.execute(() -> answer(call, exchange)));
    } else {
      afterDelay.execute(() -> answer(call, exchange));
    }
  }

  private static void answer(SinkCall call, HttpExchange exchange) {
    try (exchange) {
      call.answering();
      exchange.sendResponseHeaders(200, -1);
    } catch (IOException e) {
      call.lost(); // the caller has died
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
