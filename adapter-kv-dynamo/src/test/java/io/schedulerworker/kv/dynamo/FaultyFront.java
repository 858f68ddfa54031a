package io.schedulerworker.kv.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before DynamoDB, and answers some calls by itself, or lets them through and keeps the answer back. */
final class FaultyFront implements AutoCloseable {
  private final HttpServer front;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient behind = HttpClient.newBuilder().executor(threads).build();
  private final int serverPort;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();

  /** Before each refusal. */
  volatile Runnable refusing = () -> {};

  /** What becomes of one call of an operation. */
  record Fault(String operation, int status, String code, boolean done) {
    String body() {
      return code.isEmpty()
          ? "{}"
          : "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"as the test wants\"}"
              .formatted(code);
    }
  }

  FaultyFront(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    front.createContext("/", this::handle);
    front.setExecutor(threads);
    front.start();
  }

  int port() {
    return front.getAddress().getPort();
  }

  /** The next call of an operation is refused; without a reason if the code is empty. */
  void refuse(String operation, int status, String code) {
    faults.add(new Fault(operation, status, code, false));
  }

  /** The next call of an operation is done, and its line cut before the answer. */
  void swallow(String operation) {
    faults.add(new Fault(operation, 0, "", true));
  }

  int calls() {
    return calls.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    Fault fault = faults.stream()
        .filter(each -> target.endsWith("." + each.operation()))
        .findFirst()
        .filter(faults::remove)
        .orElse(null);
    if (fault == null) {
      answer(exchange, forward(exchange));
    } else if (fault.done()) {
      forward(exchange);
      exchange.close();
    } else {
      byte[] body = fault.body().getBytes(UTF_8);
      exchange.getRequestBody().readAllBytes();
      refusing.run();
      exchange.sendResponseHeaders(fault.status(), body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create("http://localhost:" + serverPort + "/"))
        .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name :
        new String[] {"X-Amz-Target", "Authorization", "Content-Type", "X-Amz-Date"}) {
      request.header(name, String.valueOf(exchange.getRequestHeaders().getFirst(name)));
    }
    try {
      return behind.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
    exchange.getResponseBody().write(answer.body());
    exchange.close();
  }

  @Override
  public void close() {
    front.stop(0);
    threads.shutdownNow();
  }
}
