package io.schedulerworker.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What the JDK's client does by itself: so many POSTs, so many at a time, each followed by the next. A process of its
 * own: {@code BareLoop URL CALLS IN_FLIGHT ROUNDS CLIENTS}; prints a line before each round, and waits for one.
 */
public final class BareLoop {
  private static final String BODY = """
      {"traceId":"trace_20250814_120000_abc12345","kpiId":"%s","timestamp":"2025-08-14T12:00:00Z",\
      "kpiType":"price","metadata":{"schedulerWorker":"scheduler-worker","environment":"development",\
      "kpiName":"%s","kpiDescription":null}}""";

  private final List<HttpClient> clients;
  private final String url;
  private final int calls;
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch open;

  private BareLoop(String url, int calls, int clients) {
    this.clients = Stream.generate(BareLoop::client).limit(clients).toList();
    this.url = url;
    this.calls = calls;
    this.open = new CountDownLatch(calls);
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .executor(Runnable::run)
        .build();
  }

  /** Runs the rounds. */
  public static void main(String[] arguments) throws Exception {
    JdkTuning.apply();
    int calls = Integer.parseInt(arguments[1]);
    int inFlight = Integer.parseInt(arguments[2]);
    int clients = Integer.parseInt(arguments[4]);
    for (int round = 0; round < Integer.parseInt(arguments[3]); round++) {
      System.out.println("ready");
      System.in.read();
      BareLoop loop = new BareLoop(arguments[0], calls, clients);
      for (int i = 0; i < inFlight; i++) {
        loop.call();
      }
      loop.open.await();
    }
    System.out.println("ready");
  }

  private void call() {
    int number = next.getAndIncrement();
    if (number >= calls) {
      return;
    }
    String id = "kpi-%06d".formatted(number);
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + id))
        .header("Content-Type", "application/json")
        .header("User-Agent", "bench/1")
        .header("Idempotency-Key", "trace_20250814_120000_abc12345:" + id)
        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .POST(BodyPublishers.ofString(BODY.formatted(id, id)))
        .build();
    CompletableFuture<?> unused = clients
        .get(number % clients.size())
        .sendAsync(request, BodyHandlers.ofString())
        .whenComplete((answer, failure) -> {
          if (failure != null) {
            System.err.println(failure);
          }
          open.countDown();
          call();
        });
  }
}
